package productimporter.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

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
		atExit(directory, server::close);
		return withLogin(server.address());
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
			atExit(directory, () -> cluster.stop(Duration.ofSeconds(20)));
			return withLogin(new DatabaseAddress(PostgresCluster.url(port, "postgres"), PostgresCluster.USER,
					cluster.password()));
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

	private static void atExit(DataDirectory directory, Stop stop) {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			try {
				stop.stop();
				PrivateFiles.deleteRecursively(directory.path());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}));
	}

	private interface Stop {

		void stop() throws IOException;

	}

}
