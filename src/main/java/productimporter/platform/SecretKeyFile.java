package productimporter.platform;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/**
 * Keeps the key of a machine whose owner has set none: made once, in DATA_DIR, mode 0600.
 */
final class SecretKeyFile {

	static final String NAME = "secret.key";

	private SecretKeyFile() {
	}

	/**
	 * The key in the data directory, made if there is none. Processes that start at once
	 * in one directory get the same.
	 */
	static SecretKey readOrMake(DataDirectory directory) {
		Path file = directory.resolve(NAME);
		try {
			if (!Files.exists(file)) {
				make(file);
			}
			return new SecretKey(Files.readString(file));
		}
		catch (IOException ex) {
			throw new StartupFailed("The key file " + file + " can't be used: " + ex,
					"Make it readable for this user, or set SECRET_KEY.");
		}
	}

	private static void make(Path file) throws IOException {
		byte[] random = new byte[32];
		new SecureRandom().nextBytes(random);
		Path own = file.resolveSibling(NAME + "." + UUID.randomUUID());
		PrivateFiles.write(own, Base64.getEncoder().encodeToString(random) + "\n");
		try {
			Files.createLink(file, own);
		}
		catch (FileAlreadyExistsException ex) {
			// another process was quicker
		}
		catch (UnsupportedOperationException ex) {
			PrivateFiles.move(own, file);
		}
		finally {
			Files.deleteIfExists(own);
		}
	}

}
