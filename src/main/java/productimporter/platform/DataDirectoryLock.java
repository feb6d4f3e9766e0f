package productimporter.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Held by the one application that runs the embedded server of a data directory. The
 * operating system releases it when the process dies, however it dies.
 */
final class DataDirectoryLock implements AutoCloseable {

	// Far behind the content, because Windows refuses reads of a locked region, and who
	// is
	// refused wants to read the owner's process id.
	private static final long POSITION = Long.MAX_VALUE - 1;

	private final FileChannel channel;

	private DataDirectoryLock(FileChannel channel) {
		this.channel = channel;
	}

	/**
	 * Take the lock.
	 * @throws StartupFailed when another application holds it
	 */
	static DataDirectoryLock of(DataDirectory directory) {
		Path file = directory.resolve(".lock");
		try {
			FileChannel channel = FileChannel.open(file,
					Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
					PrivateFiles.attributes(file, "rw-------"));
			if (!tryLock(channel)) {
				channel.close();
				throw inUse(directory, Files.readString(file).strip());
			}
			channel.truncate(0);
			channel.write(
					ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
			return new DataDirectoryLock(channel);
		}
		catch (IOException ex) {
			throw new StartupFailed("The data directory " + directory + " can't be locked: " + ex,
					"Set DATA_DIR to a directory on a local disk that this user can write to.");
		}
	}

	private static boolean tryLock(FileChannel channel) throws IOException {
		try {
			FileLock lock = channel.tryLock(POSITION, 1, false);
			return lock != null;
		}
		catch (OverlappingFileLockException ex) {
			return false;
		}
	}

	private static StartupFailed inUse(DataDirectory directory, String owner) {
		return new StartupFailed(
				"The data directory " + directory + " is in use by another Product Importer"
						+ (owner.isEmpty() ? "" : " (process " + owner + ")") + "; stop it or set DATA_DIR",
				"Stop the other one, or give this one a directory of its own by DATA_DIR and a port by PORT.");
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
