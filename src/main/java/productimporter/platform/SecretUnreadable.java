package productimporter.platform;

/**
 * A stored secret can't be decrypted: SECRET_KEY is not the one it was stored with.
 */
public final class SecretUnreadable extends RuntimeException {

	SecretUnreadable(Throwable cause) {
		super("A stored secret can't be read: SECRET_KEY is not the one it was stored with. Set it to the former one, on "
				+ "every node.", cause);
	}

}
