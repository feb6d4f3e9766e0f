package productimporter.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The archive on the class path that holds the PostgreSQL programs of one operating
 * system and processor.
 */
final class PostgresArchive {

	private PostgresArchive() {
	}

	/**
	 * The archive's resource name.
	 * @param os as in the system property {@code os.name}
	 * @param architecture as in {@code os.arch}
	 * @return empty when there are no programs for that machine
	 */
	static Optional<String> nameFor(String os, String architecture) {
		String system = os.toLowerCase(Locale.ROOT);
		String processor = switch (architecture.toLowerCase(Locale.ROOT)) {
			case "amd64", "x86_64", "x64" -> "x86_64";
			case "aarch64", "arm64" -> "arm_64";
			default -> "";
		};
		if (processor.isEmpty()) {
			return Optional.empty();
		}
		if (system.startsWith("linux")) {
			return Optional.of("postgres-linux-" + processor + ".txz");
		}
		if (system.startsWith("mac")) {
			return Optional.of("postgres-darwin-" + processor + ".txz");
		}
		// Windows on ARM runs the programs for x86.
		return system.startsWith("windows") ? Optional.of("postgres-windows-x86_64.txz") : Optional.empty();
	}

	/**
	 * Open the archive for this machine.
	 * @throws StartupFailed when there is none
	 */
	static InputStream open() {
		String os = System.getProperty("os.name");
		String architecture = System.getProperty("os.arch");
		InputStream archive = nameFor(os, architecture).map(PostgresArchive::resource).orElse(null);
		if (archive == null) {
			throw new StartupFailed("There is no embedded PostgreSQL for " + os + " on " + architecture,
					"Set DATABASE_URL to a PostgreSQL server of version 15 or later.");
		}
		return archive;
	}

	private static @Nullable InputStream resource(String name) {
		return PostgresArchive.class.getResourceAsStream("/" + name);
	}

	/**
	 * Unpack a tar archive compressed with xz. Every file is on disk when this returns.
	 * @param target an existing, empty directory
	 * @throws IOException also when an entry or a link would leave the target
	 */
	static void unpack(InputStream txz, Path target) throws IOException {
		try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(txz))) {
			for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
				unpack(tar, entry, inside(target, target.resolve(entry.getName())));
			}
		}
	}

	private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path file) throws IOException {
		if (entry.isDirectory()) {
			PrivateFiles.createDirectories(file);
			return;
		}
		Path parent = file.getParent();
		if (parent == null) {
			throw new IOException("No place for " + entry.getName());
		}
		PrivateFiles.createDirectories(parent);
		if (entry.isSymbolicLink()) {
			// Links here point to a file beside them.
			inside(parent, parent.resolve(entry.getLinkName()));
			Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
		}
		else if (entry.isFile() && !entry.isLink()) {
			boolean executable = (entry.getMode() & 0100) != 0;
			try (FileChannel channel = FileChannel.open(file,
					Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
					PrivateFiles.attributes(file, executable ? "rwx------" : "rw-------"));
					OutputStream out = Channels.newOutputStream(channel)) {
				tar.transferTo(out);
				channel.force(true);
			}
		}
		else {
			throw new IOException("Not a file, directory or symbolic link: " + entry.getName());
		}
	}

	private static Path inside(Path directory, Path path) throws IOException {
		Path normalized = path.normalize();
		if (!normalized.startsWith(directory.normalize())) {
			throw new IOException("An entry leaves the archive: " + path);
		}
		return normalized;
	}

}
