package productimporter.platform;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/**
 * A PostgreSQL server that somebody else runs, named by {@code DATABASE_URL}.
 */
final class ExternalPostgres implements DatabaseServer {

	private static final Log logger = LogFactory.getLog(ExternalPostgres.class);

	private static final int OLDEST_VERSION = 15;

	private final DatabaseAddress address;

	/**
	 * Connect once to see that the server can be used.
	 * @param patience how long to wait for a server that is not there yet, as when both
	 * are started together; not zero
	 * @throws StartupFailed when it can't be reached, refuses the login or is too old
	 */
	ExternalPostgres(DatabaseAddress address, Duration patience) {
		this.address = address;
		RetryTemplate retries = new RetryTemplate(RetryPolicy.builder()
			.maxRetries(Long.MAX_VALUE)
			.delay(Duration.ofSeconds(1))
			.timeout(patience)
			.predicate(ExternalPostgres::mayPass)
			.build());
		try {
			int version = retries.execute(this::majorVersion);
			if (version < OLDEST_VERSION) {
				throw new StartupFailed(
						"The server that DATABASE_URL names is PostgreSQL " + version
								+ ", and the oldest that works is " + OLDEST_VERSION,
						"Upgrade it or name another one.");
			}
			logger.info("Using a PostgreSQL " + version + " server named by DATABASE_URL");
		}
		catch (RetryException ex) {
			throw new StartupFailed("The database that DATABASE_URL names can't be used: " + ex.getCause().getMessage(),
					"Check the host, port, database, user and password, and that the server runs.");
		}
	}

	static void checkVersion(int major) {
		if (major < OLDEST_VERSION) {
			throw new StartupFailed("The server that DATABASE_URL names is PostgreSQL " + major
					+ ", and the oldest that works is " + OLDEST_VERSION, "Upgrade it or name another one.");
		}
	}

	private int majorVersion() throws SQLException {
		Properties properties = new Properties();
		properties.setProperty("connectTimeout", "5");
		properties.setProperty("socketTimeout", "10");
		if (this.address.user() != null) {
			properties.setProperty("user", this.address.user());
		}
		if (this.address.password() != null) {
			properties.setProperty("password", this.address.password());
		}
		try (Connection connection = DriverManager.getConnection(this.address.url(), properties)) {
			return connection.getMetaData().getDatabaseMajorVersion();
		}
	}

	// Class 08: no connection; 57P03: the server is starting; 53300: too many
	// connections.
	private static boolean mayPass(Throwable failure) {
		if (failure instanceof SQLException sql && sql.getSQLState() != null) {
			String state = sql.getSQLState();
			return state.startsWith("08") || "57P03".equals(state) || "53300".equals(state);
		}
		return false;
	}

	@Override
	public DatabaseAddress address() {
		return this.address;
	}

	@Override
	public void close() {
		// it is not ours to stop
	}

}
