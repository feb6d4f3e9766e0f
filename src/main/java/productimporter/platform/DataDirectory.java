package productimporter.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory that holds everything the application keeps outside a database server:
 * uploads, keys, and the embedded PostgreSQL with its data. Exists as long as this object
 * does; made with mode 0700 where it did not exist.
 */
public final class DataDirectory {

	private final Path path;

	/**
	 * Use or make a directory.
	 * @param path absolute or relative to the working directory
	 * @throws StartupFailed when it can't be made or written
	 */
	public DataDirectory(Path path) {
		this.path = path.toAbsolutePath().normalize();
		try {
			PrivateFiles.createDirectories(this.path);
		}
		catch (IOException ex) {
			throw unusable(ex.toString());
		}
		if (!Files.isWritable(this.path)) {
			throw unusable("not writable");
		}
	}

	private StartupFailed unusable(String why) {
		return new StartupFailed("The data directory " + this.path + " can't be used: " + why,
				"Set DATA_DIR to a directory that this user can write to.");
	}

	/**
	 * The directory itself.
	 * @return absolute and normalized
	 */
	public Path path() {
		return this.path;
	}

	/**
	 * A file or directory in it, which need not exist.
	 * @param name relative to this directory; not from a user
	 * @return absolute
	 */
	public Path resolve(String name) {
		return this.path.resolve(name);
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

}
