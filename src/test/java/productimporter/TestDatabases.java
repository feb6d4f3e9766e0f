package productimporter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;

import productimporter.platform.TestServers;

/**
 * PostgreSQL servers for tests, one of each version for the whole JVM, started when first
 * asked for. Each test takes a database of its own with {@link #freshDatabase(String)}.
 */
public final class TestDatabases {

	private TestDatabases() {
	}

	/**
	 * The server that the application brings along.
	 * @return a JDBC URL with user and password
	 */
	public static String embedded18() {
		return Embedded.URL;
	}

	/**
	 * A server of the oldest version that the application works with, from the programs
	 * of this machine. Where there is none, tests are to be skipped by
	 * {@code Assumptions.assumeThat(…).isPresent()}; why is said on stderr.
	 * @return a JDBC URL with user and password
	 */
	public static Optional<String> local15() {
		return Local.URL;
	}

	/**
	 * Create an empty database.
	 * @param serverUrl from {@link #embedded18()} or {@link #local15()}
	 * @return its JDBC URL with user and password
	 */
	public static String freshDatabase(String serverUrl) {
		String name = "test_" + UUID.randomUUID().toString().replace("-", "");
		try (Connection connection = DriverManager.getConnection(serverUrl);
				Statement statement = connection.createStatement()) {
			statement.execute("CREATE DATABASE " + name);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return serverUrl.replaceFirst("/[^/?]*\\?", "/" + name + "?");
	}

	private static Optional<Path> programsOfVersion15() {
		try {
			Process process = new ProcessBuilder("pg_config", "--bindir").redirectErrorStream(true).start();
			Path bin = Path.of(new String(process.getInputStream().readAllBytes()).strip());
			Process version = new ProcessBuilder(bin.resolve("postgres").toString(), "--version").start();
			String text = new String(version.getInputStream().readAllBytes());
			if (text.contains(" 15.") && Files.isExecutable(bin.resolve("initdb"))) {
				return Optional.of(bin);
			}
			System.err.println("SKIPPED: tests on PostgreSQL 15, because pg_config --bindir has " + text.strip());
		}
		catch (IOException | RuntimeException ex) {
			System.err.println("SKIPPED: tests on PostgreSQL 15, because there is none here: " + ex);
		}
		return Optional.empty();
	}

	private static final class Embedded {

		static final String URL = TestServers.startEmbedded();

	}

	private static final class Local {

		static final Optional<String> URL = programsOfVersion15().map(TestServers::startLocal);

	}

}
