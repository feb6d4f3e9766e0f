package productimporter.platform;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.security.crypto.encrypt.AesGcmBytesEncryptor;
import org.springframework.security.crypto.encrypt.BytesEncryptor;
import org.springframework.security.crypto.keygen.KeyGenerators;

/**
 * The key that guards what is stored as a secret, {@code SECRET_KEY}: the same on every
 * node. Each purpose gets a key of its own, derived with HMAC-SHA256. Never shown.
 */
public final class SecretKey {

	/** Characters that a key has at least. */
	static final int MIN_LENGTH = 32;

	private static final String HMAC = "HmacSHA256";

	private final SecretKeySpec key;

	SecretKey(String key) {
		if (key.strip().length() < MIN_LENGTH) {
			throw new StartupFailed("SECRET_KEY has fewer than " + MIN_LENGTH + " characters",
					"Set it to a long random text, the same on every node, for example that of: openssl rand -base64 32");
		}
		this.key = new SecretKeySpec(key.strip().getBytes(StandardCharsets.UTF_8), HMAC);
	}

	/**
	 * Encrypts and decrypts with AES-256-GCM.
	 * @param purpose what for; only the same purpose decrypts it again
	 * @return may be used by any thread
	 */
	public Vault vault(String purpose) {
		return new Vault(AesGcmBytesEncryptor.withSecretKey(new SecretKeySpec(derive(purpose), "AES"))
			.ivGenerator(KeyGenerators.secureRandom(16))
			.build());
	}

	/**
	 * A key for another algorithm.
	 * @param purpose what for; each has another key
	 * @return 32 bytes, always the same ones
	 */
	public byte[] derive(String purpose) {
		try {
			Mac mac = Mac.getInstance(HMAC);
			mac.init(this.key);
			return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String toString() {
		return "SecretKey";
	}

	/** Encrypts for one purpose. */
	public static final class Vault {

		private final BytesEncryptor encryptor;

		private Vault(BytesEncryptor encryptor) {
			this.encryptor = encryptor;
		}

		/** Encrypts; each time to other bytes. */
		public byte[] encrypt(byte[] secret) {
			return this.encryptor.encrypt(secret);
		}

		/**
		 * Decrypts what {@link #encrypt} made.
		 * @throws SecretUnreadable when it was altered, or encrypted with another key
		 */
		public byte[] decrypt(byte[] encrypted) {
			try {
				return this.encryptor.decrypt(encrypted);
			}
			catch (RuntimeException ex) {
				throw new SecretUnreadable(ex);
			}
		}

	}

}
