package productimporter.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The embedded server, and everything that can be left of one. All tests use one
 * directory, one after the other: to come back to the same data is what they are about.
 */
class EmbeddedPostgresTests {

	private static Path temporary;

	private static DataDirectory directory;

	@BeforeAll
	static void makeDirectory() throws Exception {
		temporary = Files.createTempDirectory(Path.of("target"), "embedded");
		directory = new DataDirectory(temporary.resolve("made/for it"));
		try (EmbeddedPostgres server = EmbeddedPostgres.in(directory)) {
			execute(server, "CREATE TABLE kept (n integer)");
		}
	}

	@AfterAll
	static void deleteDirectory() throws IOException {
		PrivateFiles.deleteRecursively(temporary);
	}

	@Test
	void isDurable() throws SQLException {
		try (EmbeddedPostgres server = EmbeddedPostgres.in(directory)) {
			assertThat(show(server, "fsync")).isEqualTo("on");
			assertThat(show(server, "synchronous_commit")).isEqualTo("on");
			assertThat(show(server, "full_page_writes")).isEqualTo("on");
			assertThat(show(server, "server_version")).isEqualTo(PostgresPrograms.VERSION);
			assertThat(show(server, "server_encoding")).isEqualTo("UTF8");
		}
	}

	@Test
	void refusesToRunWithoutDurability() throws Exception {
		try (EmbeddedPostgres server = EmbeddedPostgres.in(directory)) {
			execute(server, "ALTER DATABASE productimporter SET synchronous_commit = off");
		}
		try {
			assertThatExceptionOfType(StartupFailed.class).isThrownBy(() -> EmbeddedPostgres.in(directory))
				.withMessageContaining("synchronous_commit off");
		}
		finally {
			PostgresCluster cluster = new PostgresCluster(directory, PostgresPrograms.unpackedIn(directory));
			int port = EmbeddedPostgres.freePort();
			cluster.start(port);
			try (Connection connection = cluster.connect(port, "postgres");
					Statement statement = connection.createStatement()) {
				statement.execute("ALTER DATABASE productimporter RESET ALL");
			}
			cluster.stop(Duration.ofSeconds(20));
		}
	}

	@Test
	void trustsNobodyWithoutThePassword() {
		try (EmbeddedPostgres server = EmbeddedPostgres.in(directory)) {
			String url = server.address().url();
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> DriverManager.getConnection(url, "postgres", "wrong"))
				.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("28P01"));
		}
	}

	@Test
	void keepsItsFilesToItsUser() throws IOException {
		for (String name : List.of("", "postgresql", "postgresql-" + PostgresPrograms.VERSION)) {
			assertThat(permissions(directory.resolve(name))).isEqualTo("rwx------");
		}
		for (String name : List.of("postgresql.password", ".lock")) {
			assertThat(permissions(directory.resolve(name))).isEqualTo("rw-------");
		}
	}

	@Test
	void keepsDataBetweenStarts() throws SQLException {
		try (EmbeddedPostgres server = EmbeddedPostgres.in(directory)) {
			execute(server, "TRUNCATE kept");
			execute(server, "INSERT INTO kept VALUES (42)");
		}
		try (EmbeddedPostgres server = EmbeddedPostgres.in(directory)) {
			assertThat(query(server, "SELECT n FROM kept")).isEqualTo("42");
		}
	}

	@Test
	void stopsItsServer() {
		EmbeddedPostgres server = EmbeddedPostgres.in(directory);
		ProcessHandle process = server.process();
		assertThat(process.isAlive()).isTrue();
		server.close();
		await().atMost(Duration.ofSeconds(5)).until(() -> !process.isAlive());
		assertThat(directory.resolve("postgresql/postmaster.pid")).doesNotExist();
	}

	@Test
	void refusesASecondOwnerOfItsDirectory() {
		try (EmbeddedPostgres server = EmbeddedPostgres.in(directory)) {
			assertThatExceptionOfType(StartupFailed.class).isThrownBy(() -> EmbeddedPostgres.in(directory))
				.withMessageContaining("is in use by another Product Importer (process " + ProcessHandle.current().pid()
						+ "); stop it or set DATA_DIR");
			assertThat(server.process().isAlive()).isTrue();
		}
	}

	@Test
	void takesOverTheServerOfAnOwnerThatWasKilled() throws Exception {
		Process owner = startOwner();
		long pid = killOwner(owner);
		try (EmbeddedPostgres server = EmbeddedPostgres.in(directory)) {
			assertThat(server.process().pid()).isEqualTo(pid);
			assertThat(query(server, "SELECT count(*) FROM kept_by_owner")).isEqualTo("1");
		}
		await().atMost(Duration.ofSeconds(5))
			.until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
	}

	@Test
	void refusesTheDirectoryOfALivingOwnerInAnotherProcess() throws Exception {
		Process owner = startOwner();
		try {
			assertThatExceptionOfType(StartupFailed.class).isThrownBy(() -> EmbeddedPostgres.in(directory))
				.withMessageContaining("(process " + owner.pid() + ")");
		}
		finally {
			killOwner(owner);
		}
	}

	@Test
	void replacesAServerThatHangs() throws Exception {
		long pid = killOwner(startOwner());
		signal("STOP", pid);
		try (EmbeddedPostgres server = EmbeddedPostgres.in(directory)) {
			assertThat(server.process().pid()).isNotEqualTo(pid);
			assertThat(query(server, "SELECT count(*) FROM kept_by_owner")).isEqualTo("1");
		}
	}

	@Test
	void startsAfterOwnerAndServerWereKilled() throws Exception {
		long pid = killOwner(startOwner());
		signal("KILL", pid);
		try (EmbeddedPostgres server = EmbeddedPostgres.in(directory)) {
			assertThat(query(server, "SELECT count(*) FROM kept_by_owner")).isEqualTo("1");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "exec sleep 60", "sleep 0 & echo $!; exec sleep 60" })
	void startsWhenTheProcessIdOfADeadServerIsInUseAgain(String alive) throws Exception {
		Process other = new ProcessBuilder("sh", "-c", "echo $$; " + alive).start();
		try (var output = other.inputReader()) {
			String pid = output.readLine();
			if (alive.contains("$!")) {
				// a dead process that its parent never waits for
				pid = output.readLine();
			}
			Files.writeString(directory.resolve("postgresql/postmaster.pid"),
					String.join("\n", pid, directory.resolve("postgresql").toString(), "1700000000", "1", "",
							"127.0.0.1", "  4711123     99999", "ready   ", ""));
			try (EmbeddedPostgres server = EmbeddedPostgres.in(directory)) {
				assertThat(query(server, "SELECT 1")).isEqualTo("1");
			}
			assertThat(other.isAlive()).isTrue();
		}
		finally {
			other.destroyForcibly();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "nonsense\n", "2147483647" })
	void startsWithADamagedProcessIdFile(String content) throws Exception {
		Files.writeString(directory.resolve("postgresql/postmaster.pid"), content);
		try (EmbeddedPostgres server = EmbeddedPostgres.in(directory)) {
			assertThat(query(server, "SELECT 1")).isEqualTo("1");
		}
	}

	@Test
	void revivesAServerThatWasKilledOnTheSamePort() throws Exception {
		try (EmbeddedPostgres server = EmbeddedPostgres.in(directory)) {
			String url = server.address().url();
			long pid = server.process().pid();
			signal("KILL", pid);
			await().atMost(Duration.ofSeconds(60))
				.ignoreExceptions()
				.until(() -> query(server, "SELECT 1").equals("1") && server.process().pid() != pid);
			assertThat(server.address().url()).isEqualTo(url);
		}
	}

	@Test
	void startsAfterACrashWhileUnpackingAndInitializing() throws Exception {
		Files.createDirectories(directory.resolve("postgresql.new/base"));
		Files.createDirectories(directory.resolve("postgresql-" + PostgresPrograms.VERSION + ".new/bin"));
		try (EmbeddedPostgres server = EmbeddedPostgres.in(directory)) {
			assertThat(query(server, "SELECT count(*) >= 0 FROM kept")).isEqualTo("t");
		}
	}

	private static Process startOwner() throws Exception {
		Process owner = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), EmbeddedPostgresOwner.class.getName(),
				directory.path().toString())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		String line = owner.inputReader().readLine();
		while (line != null && !line.startsWith(EmbeddedPostgresOwner.READY)) {
			line = owner.inputReader().readLine();
		}
		assertThat(line).isNotNull();
		return owner;
	}

	/** The process id of the server that lives on. */
	private static long killOwner(Process owner) throws Exception {
		long pid = PostmasterFile.of(directory.resolve("postgresql")).orElseThrow().pid();
		assertThat(owner.destroyForcibly().waitFor(10, TimeUnit.SECONDS)).isTrue();
		assertThat(ProcessHandle.of(pid)).isPresent();
		return pid;
	}

	private static void signal(String name, long pid) throws Exception {
		assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start().waitFor()).isZero();
	}

	private static String permissions(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

	static String show(EmbeddedPostgres server, String setting) throws SQLException {
		return query(server, "SHOW " + setting);
	}

	static void execute(EmbeddedPostgres server, String sql) throws SQLException {
		try (Connection connection = connect(server); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	static String query(EmbeddedPostgres server, String sql) throws SQLException {
		try (Connection connection = connect(server);
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

	private static Connection connect(EmbeddedPostgres server) throws SQLException {
		DatabaseAddress address = server.address();
		return DriverManager.getConnection(address.url(), address.user(), address.password());
	}

}
