package productimporter.platform;

/**
 * A STOMP frame that clients may not send. The message is for who wrote the client.
 */
public final class FrameRefused extends RuntimeException {

	public FrameRefused(String message) {
		super(message);
	}

}
