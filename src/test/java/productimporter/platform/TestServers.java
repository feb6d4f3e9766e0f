package productimporter.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import productimporter.Catalogue;

/**
 * Servers for tests, started by the application's own code and stopped when the JVM ends.
 */
public final class TestServers {

	private TestServers() {
	}

	/**
	 * Start the embedded server.
	 * @return its JDBC URL, with user and password
	 */
	public static String startEmbedded() {
		DataDirectory directory = temporaryDirectory("postgresql-embedded");
		EmbeddedPostgres server = EmbeddedPostgres.in(directory);
		String url = withLogin(server.address());
		atExit(directory, url, server::close);
		return url;
	}

	/**
	 * Start a server of another version.
	 * @param bin the directory of its programs
	 * @return its JDBC URL, with user and password
	 */
	public static String startLocal(Path bin) {
		DataDirectory directory = temporaryDirectory("postgresql-local");
		try {
			PostgresCluster cluster = new PostgresCluster(directory, new PostgresPrograms(bin, directory.path()));
			cluster.createIfMissing("--locale=C.UTF-8");
			int port = EmbeddedPostgres.freePort();
			cluster.start(port);
			String url = withLogin(new DatabaseAddress(PostgresCluster.url(port, "postgres"), PostgresCluster.USER,
					cluster.password()));
			atExit(directory, url, () -> cluster.stop(Duration.ofSeconds(20)));
			return url;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String withLogin(DatabaseAddress address) {
		return address.url() + "&user=" + address.user() + "&password="
				+ URLEncoder.encode(String.valueOf(address.password()), StandardCharsets.UTF_8);
	}

	private static DataDirectory temporaryDirectory(String name) {
		try {
			return new DataDirectory(Files.createTempDirectory(Files.createDirectories(Path.of("target")), name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Stops a server when the JVM ends, once the applications that Spring closes at the
	 * same time have left it: one whose database has gone takes half a minute to close.
	 */
	private static void atExit(DataDirectory directory, String url, Stop stop) {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			try {
				awaitApplications(new Catalogue(url));
				stop.stop();
				PrivateFiles.deleteRecursively(directory.path());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}));
	}

	private static void awaitApplications(Catalogue catalogue) {
		try {
			Awaitility.await()
				.atMost(Duration.ofSeconds(25))
				.pollDelay(Duration.ZERO)
				.ignoreExceptions()
				.until(() -> catalogue.count("pg_stat_activity WHERE application_name LIKE 'product-importer%'") == 0);
		}
		catch (ConditionTimeoutException ex) {
			System.err.println("Applications were still connected when their database was stopped");
		}
	}

	private interface Stop {

		void stop() throws IOException;

	}

}
