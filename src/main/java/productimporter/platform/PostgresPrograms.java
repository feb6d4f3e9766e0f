package productimporter.platform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The programs of one PostgreSQL version, and how this user may run them.
 */
final class PostgresPrograms {

	/** Of the archives in the pom. */
	static final String VERSION = "18.4";

	private final Path bin;

	private final Path workingDirectory;

	private final List<String> prefix;

	private final List<Path> homes;

	/**
	 * Use programs that are there.
	 * @param bin the directory of {@code initdb}, {@code pg_ctl} and {@code postgres}
	 * @param workingDirectory where they are run and short-lived output is kept
	 * @throws StartupFailed when this user can't run PostgreSQL
	 */
	PostgresPrograms(Path bin, Path workingDirectory) throws IOException {
		this.bin = bin;
		this.homes = List.of(bin.toRealPath(), workingDirectory.toRealPath());
		this.workingDirectory = workingDirectory;
		this.prefix = isRoot() ? List.of("unshare", "-U") : List.of();
		checkPrefix();
	}

	/**
	 * The programs in the archive, unpacked into the data directory if they are not there
	 * yet. Call under the directory's lock.
	 */
	static PostgresPrograms unpackedIn(DataDirectory directory) throws IOException {
		Path home = directory.resolve("postgresql-" + VERSION);
		if (!Files.isDirectory(home)) {
			Path half = directory.resolve("postgresql-" + VERSION + ".new");
			PrivateFiles.deleteRecursively(half);
			PrivateFiles.createDirectories(half);
			try (InputStream archive = PostgresArchive.open()) {
				PostgresArchive.unpack(archive, half);
			}
			PrivateFiles.move(half, home);
		}
		return new PostgresPrograms(home.resolve("bin"), directory.path());
	}

	/**
	 * Run a program to its end.
	 * @return what it wrote
	 * @throws PostgresCommandFailed when it fails or takes longer than the timeout
	 */
	String run(Duration timeout, String program, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(this.prefix);
		command.add(executable(program).toString());
		command.addAll(List.of(arguments));
		return run(timeout, program, command);
	}

	private String run(Duration timeout, String name, List<String> command) throws IOException {
		// To a file and not to a pipe: a server started by pg_ctl on Windows inherits its
		// output, and the pipe would stay open as long as the server runs.
		Path output = Files.createTempFile(this.workingDirectory, name, ".out");
		try {
			ProcessBuilder builder = new ProcessBuilder(command).directory(this.workingDirectory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile());
			builder.environment().keySet().removeIf((key) -> key.toUpperCase(Locale.ROOT).startsWith("PG"));
			builder.environment().put("LC_ALL", "C");
			Process process = builder.start();
			if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
				process.destroyForcibly();
				throw new PostgresCommandFailed(name, "no end after " + timeout);
			}
			String text = Files.readString(output).strip();
			if (process.exitValue() != 0) {
				throw new PostgresCommandFailed(name, text);
			}
			return text;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new PostgresCommandFailed(name, "interrupted");
		}
		finally {
			Files.deleteIfExists(output);
		}
	}

	/**
	 * Whether a process runs these programs, or those of another version in the same data
	 * directory. A process that is dead but not yet waited for does not.
	 */
	boolean areRunBy(ProcessHandle process) {
		return process.isAlive() && process.info()
			.command()
			.filter((command) -> this.homes.stream().anyMatch(Path.of(command)::startsWith))
			.isPresent();
	}

	private Path executable(String program) {
		boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
		return this.bin.resolve(windows ? program + ".exe" : program);
	}

	// PostgreSQL refuses to run as root. In a user namespace of its own it has no
	// privileges, while its files stay ours.
	private void checkPrefix() {
		if (this.prefix.isEmpty()) {
			return;
		}
		try {
			List<String> command = new ArrayList<>(this.prefix);
			command.add("true");
			run(Duration.ofSeconds(10), "unshare", command);
		}
		catch (IOException | PostgresCommandFailed ex) {
			throw new StartupFailed(
					"The embedded PostgreSQL can't run as root, and \"unshare -U\" isn't permitted here: "
							+ ex.getMessage(),
					"Run the application as an ordinary user, or set DATABASE_URL to a PostgreSQL server.");
		}
	}

	private static boolean isRoot() {
		try {
			return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
		}
		catch (IOException | UnsupportedOperationException | IllegalArgumentException ex) {
			return false;
		}
	}

}
