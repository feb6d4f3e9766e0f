package productimporter.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The files of one PostgreSQL server in a data directory: {@code postgresql} (its data),
 * {@code postgresql.password} and {@code postgresql.log}. Knows how to make, start and
 * stop it, and not whether that is the thing to do. Call under the directory's lock.
 */
final class PostgresCluster {

	static final String USER = "postgres";

	// A crash in the middle of an import leaves up to max_wal_size (1 GB) to recover.
	private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

	private static final long LOG_LIMIT = 10_000_000;

	private final DataDirectory directory;

	private final PostgresPrograms programs;

	private final Path data;

	private final Path log;

	private final Path passwordFile;

	PostgresCluster(DataDirectory directory, PostgresPrograms programs) {
		this.directory = directory;
		this.programs = programs;
		this.data = directory.resolve("postgresql");
		this.log = directory.resolve("postgresql.log");
		this.passwordFile = directory.resolve("postgresql.password");
	}

	Path data() {
		return this.data;
	}

	PostgresPrograms programs() {
		return this.programs;
	}

	/**
	 * Make the cluster if there is none.
	 * @param initdbOptions in addition to those for the directory, the user and the
	 * password
	 */
	void createIfMissing(String... initdbOptions) throws IOException {
		if (Files.isDirectory(this.data)) {
			return;
		}
		byte[] password = new byte[32];
		new SecureRandom().nextBytes(password);
		PrivateFiles.write(this.passwordFile, Base64.getUrlEncoder().withoutPadding().encodeToString(password));
		Path half = this.directory.resolve("postgresql.new");
		PrivateFiles.deleteRecursively(half);
		List<String> arguments = new ArrayList<>(List.of(initdbOptions));
		arguments.addAll(List.of("-D", half.toString(), "-U", USER, "-E", "UTF8", "--auth=scram-sha-256",
				"--pwfile=" + this.passwordFile));
		this.programs.run(START_TIMEOUT, "initdb", arguments.toArray(String[]::new));
		PrivateFiles.move(half, this.data);
	}

	/**
	 * The major version that made the data.
	 * @return for example {@code 18}
	 */
	String majorVersion() throws IOException {
		return Files.readString(this.data.resolve("PG_VERSION")).strip();
	}

	/**
	 * Start the server and wait until it takes connections.
	 * @param port on 127.0.0.1, free
	 * @throws PostgresCommandFailed with the end of the server's log
	 */
	void start(int port) throws IOException {
		if (Files.exists(this.log) && Files.size(this.log) > LOG_LIMIT) {
			Files.move(this.log, this.log.resolveSibling("postgresql.log.1"), StandardCopyOption.REPLACE_EXISTING);
		}
		// Given here, these hold whatever the configuration files say. No Unix sockets:
		// their
		// paths may not be longer than 107 bytes. All else is PostgreSQL's default; with
		// the
		// 128 MB of shared_buffers the import is bound by the application.
		String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories="
				+ " -c fsync=on -c synchronous_commit=on -c full_page_writes=on";
		try {
			this.programs.run(START_TIMEOUT.plusSeconds(30), "pg_ctl", "start", "-w", "-s", "-t",
					Long.toString(START_TIMEOUT.toSeconds()), "-D", this.data.toString(), "-l", this.log.toString(),
					"-o", options);
		}
		catch (PostgresCommandFailed ex) {
			throw new PostgresCommandFailed("PostgreSQL's start", ex.getMessage() + "\n" + endOfLog());
		}
	}

	/**
	 * Stop the server if it runs: in order, else at once, else by force.
	 * @param patience how long to wait for the first and for the second; not less than a
	 * second
	 */
	void stop(Duration patience) throws IOException {
		PostmasterFile file = PostmasterFile.of(this.data).orElse(null);
		ProcessHandle process = (file != null) ? ProcessHandle.of(file.pid()).orElse(null) : null;
		if (process == null || !this.programs.areRunBy(process)) {
			return;
		}
		if (!stop("fast", patience) && !stop("immediate", patience)) {
			List<ProcessHandle> all = process.descendants().collect(Collectors.toList());
			process.destroyForcibly();
			all.forEach(ProcessHandle::destroyForcibly);
		}
	}

	private boolean stop(String mode, Duration patience) throws IOException {
		try {
			this.programs.run(patience.plusSeconds(5), "pg_ctl", "stop", "-w", "-s", "-t",
					Long.toString(patience.toSeconds()), "-m", mode, "-D", this.data.toString());
			return true;
		}
		catch (PostgresCommandFailed ex) {
			return false;
		}
	}

	/**
	 * Connect as the superuser.
	 * @param port where the server listens on 127.0.0.1
	 * @return a connection whose every answer is waited for 10 seconds at most
	 */
	Connection connect(int port, String database) throws IOException, SQLException {
		Properties properties = new Properties();
		properties.setProperty("user", USER);
		properties.setProperty("password", password());
		properties.setProperty("connectTimeout", "5");
		properties.setProperty("socketTimeout", "10");
		return DriverManager.getConnection(url(port, database), properties);
	}

	static String url(int port, String database) {
		return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?sslmode=disable";
	}

	/**
	 * The superuser's password.
	 * @throws StartupFailed when it has been lost
	 */
	String password() throws IOException {
		if (!Files.exists(this.passwordFile)) {
			throw new StartupFailed("The password of the embedded PostgreSQL, " + this.passwordFile + ", is missing",
					"Put the file back from a backup of the data directory.");
		}
		return Files.readString(this.passwordFile).strip();
	}

	/** The value of a setting, by {@code SHOW}. */
	static String show(Connection connection, String setting) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SHOW " + setting)) {
			row.next();
			return row.getString(1);
		}
	}

	private String endOfLog() throws IOException {
		if (!Files.exists(this.log)) {
			return "";
		}
		String text = Files.readString(this.log);
		return text.substring(Math.max(0, text.length() - 2000));
	}

}
