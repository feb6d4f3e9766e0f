package productimporter.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The {@code postmaster.pid} that a PostgreSQL server keeps in its data directory.
 *
 * @param file where it is
 * @param pid the server's process; it may be dead, or belong to another program by now
 * @param port 0 when the server had not come so far as to write it
 */
record PostmasterFile(Path file, long pid, int port) {

	// Above what any system gives to a process: PostgreSQL takes its owner for dead.
	private static final String NOBODY = Integer.toString(Integer.MAX_VALUE);

	/**
	 * Read the file of a cluster.
	 * @return empty when there is none; one that doesn't begin with a process id (the
	 * machine lost power while it was written) is deleted
	 */
	static Optional<PostmasterFile> of(Path cluster) throws IOException {
		Path file = cluster.resolve("postmaster.pid");
		List<String> lines;
		try {
			lines = Files.readAllLines(file);
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
		try {
			long pid = Long.parseLong(lines.isEmpty() ? "" : lines.get(0).strip());
			int port = (lines.size() > 3 && !lines.get(3).isBlank()) ? Integer.parseInt(lines.get(3).strip()) : 0;
			return Optional.of(new PostmasterFile(file, pid, port));
		}
		catch (NumberFormatException ex) {
			Files.delete(file);
			return Optional.empty();
		}
	}

	/**
	 * Make a stale file harmless: PostgreSQL refuses to start when the process id in it
	 * is alive, whoever has that number by now (after a restart of a container it is
	 * often a thread of our own). The file is not deleted, because its other lines let
	 * PostgreSQL see whether children of the dead server still use its memory.
	 */
	void disown() throws IOException {
		List<String> lines = Files.readAllLines(this.file);
		lines.set(0, NOBODY);
		PrivateFiles.write(this.file, String.join("\n", lines) + "\n");
	}

}
