package productimporter.platform;

/**
 * A STOMP frame that clients may not send. The message is for who wrote the client.
 */
final class FrameRefused extends RuntimeException {

	FrameRefused(String message) {
		super(message);
	}

}
