package productimporter.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

import org.springframework.util.FileSystemUtils;

/**
 * Files and directories that only this user may read, where the file system is POSIX, and
 * that a crash leaves either old or new, never half.
 */
final class PrivateFiles {

	private PrivateFiles() {
	}

	static void createDirectories(Path directory) throws IOException {
		if (!Files.isDirectory(directory)) {
			Files.createDirectories(directory, attributes(directory, "rwx------"));
		}
	}

	/** Write a whole file, mode 0600, in the place of an existing one. */
	static void write(Path file, String content) throws IOException {
		Path temporary = file.resolveSibling(file.getFileName() + ".new");
		Files.deleteIfExists(temporary);
		try (FileChannel channel = FileChannel.open(temporary,
				Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes(temporary, "rw-------"))) {
			ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
			while (bytes.hasRemaining()) {
				channel.write(bytes);
			}
			channel.force(true);
		}
		move(temporary, file);
	}

	/** Rename within a directory so that the new name survives a loss of power. */
	static void move(Path from, Path to) throws IOException {
		Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
		if (isPosix(to)) {
			Path parent = to.toAbsolutePath().getParent();
			if (parent != null) {
				try (FileChannel directory = FileChannel.open(parent)) {
					directory.force(true);
				}
			}
		}
	}

	/** Delete a directory with all it holds, if it is there. Links are not followed. */
	static void deleteRecursively(Path directory) throws IOException {
		FileSystemUtils.deleteRecursively(directory);
	}

	/**
	 * The attributes to create a file or directory with.
	 * @param path tells the file system
	 * @param permissions as {@code ls} shows them, for example {@code rw-------}
	 */
	static FileAttribute<?>[] attributes(Path path, String permissions) {
		return isPosix(path)
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
				: new FileAttribute<?>[0];
	}

	private static boolean isPosix(Path path) {
		return path.getFileSystem().supportedFileAttributeViews().contains("posix");
	}

}
