package productimporter.platform;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalInt;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/**
 * What an application that was killed has left of its embedded server: a server that
 * lives on, one that hangs, or only its {@code postmaster.pid}. Call under the
 * directory's lock, so that nobody else starts or stops it meanwhile.
 */
final class OrphanedPostgres {

	private static final Log logger = LogFactory.getLog(OrphanedPostgres.class);

	private static final String CANNOT_CONNECT_NOW = "57P03";

	// A server in recovery, or one that is shutting down, answers so.
	private static final RetryTemplate UNTIL_RECOVERED = new RetryTemplate(RetryPolicy.builder()
		.maxRetries(Long.MAX_VALUE)
		.delay(Duration.ofMillis(500))
		.timeout(Duration.ofMinutes(5))
		.predicate((failure) -> failure instanceof SQLException sql && CANNOT_CONNECT_NOW.equals(sql.getSQLState()))
		.build());

	private OrphanedPostgres() {
	}

	/**
	 * Take over a server that lives on and answers; else remove what would keep a new one
	 * from starting.
	 * @return the port of the server, or empty when a new one is to be started
	 */
	static OptionalInt takeOver(PostgresCluster cluster) throws IOException {
		PostmasterFile file = PostmasterFile.of(cluster.data()).orElse(null);
		if (file == null) {
			return OptionalInt.empty();
		}
		if (answers(cluster, file)) {
			logger.info("Taking over the embedded PostgreSQL that runs as process " + file.pid());
			return OptionalInt.of(file.port());
		}
		ProcessHandle process = ProcessHandle.of(file.pid()).orElse(null);
		if (process != null && cluster.programs().areRunBy(process)) {
			logger.warn("The embedded PostgreSQL that runs as process " + file.pid() + " does not answer: stopping it");
			cluster.stop(Duration.ofSeconds(5));
			file = PostmasterFile.of(cluster.data()).orElse(null);
		}
		if (file != null) {
			file.disown();
		}
		return OptionalInt.empty();
	}

	private static boolean answers(PostgresCluster cluster, PostmasterFile file) throws IOException {
		if (file.port() == 0) {
			return false;
		}
		try {
			return UNTIL_RECOVERED.execute(() -> isOurs(cluster, file.port()));
		}
		catch (RetryException ex) {
			if (ex.getCause() instanceof StartupFailed failed) {
				throw failed;
			}
			return false;
		}
	}

	private static boolean isOurs(PostgresCluster cluster, int port) throws IOException, SQLException {
		try (Connection connection = cluster.connect(port, "postgres")) {
			Path served = Path.of(PostgresCluster.show(connection, "data_directory"));
			return served.toRealPath().equals(cluster.data().toRealPath());
		}
	}

}
