package productimporter.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/**
 * A PostgreSQL server with its data in the data directory, for who has no server of their
 * own. It keeps people's data: durable, only for this user, stopped in order. After a
 * {@code kill -9} of the application it lives on, and the next start takes it over; when
 * it dies itself, it is started again on the same port, so that connection pools recover.
 */
final class EmbeddedPostgres implements DatabaseServer {

	static final String DATABASE = "productimporter";

	// The last checkpoint writes what is dirty in 128 MB; more than this is a disk that
	// hangs.
	private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

	private static final byte[] LOCALHOST = { 127, 0, 0, 1 };

	private static final Log logger = LogFactory.getLog(EmbeddedPostgres.class);

	// Children of a killed server may hold its memory for a moment, and PostgreSQL
	// refuses to
	// start beside them.
	private final RetryTemplate startRetries = new RetryTemplate(RetryPolicy.builder()
		.maxRetries(Long.MAX_VALUE)
		.delay(Duration.ofMillis(500))
		.timeout(Duration.ofSeconds(60))
		.predicate((failure) -> failure instanceof PostgresCommandFailed && !isClosing())
		.build());

	private final DataDirectoryLock lock;

	private final PostgresCluster cluster;

	private final int port;

	private final PostmasterWatch watch;

	private volatile ProcessHandle postmaster;

	private volatile boolean closing;

	/**
	 * Start the server of a directory, or take over the one that runs there.
	 * @throws StartupFailed when another application uses the directory, or the server
	 * can't be started
	 */
	static EmbeddedPostgres in(DataDirectory directory) {
		DataDirectoryLock lock = DataDirectoryLock.of(directory);
		PostgresCluster cluster = null;
		try {
			cluster = new PostgresCluster(directory, PostgresPrograms.unpackedIn(directory));
			cluster.createIfMissing("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C");
			checkVersion(cluster);
			return new EmbeddedPostgres(lock, cluster);
		}
		catch (IOException | SQLException | RetryException | RuntimeException ex) {
			stop(cluster, lock);
			if (ex instanceof StartupFailed failed) {
				throw failed;
			}
			Throwable cause = (ex instanceof RetryException && ex.getCause() != null) ? ex.getCause() : ex;
			throw new StartupFailed(
					"The embedded PostgreSQL in " + directory + " does not start: " + cause.getMessage(),
					"Remove the cause, or set DATABASE_URL to a PostgreSQL server of your own.");
		}
	}

	private EmbeddedPostgres(DataDirectoryLock lock, PostgresCluster cluster)
			throws IOException, SQLException, RetryException {
		this.lock = lock;
		this.cluster = cluster;
		OptionalInt running = OrphanedPostgres.takeOver(cluster);
		this.port = running.isPresent() ? running.getAsInt() : startOnFreePort();
		this.postmaster = postmaster();
		createDatabase();
		checkDurability();
		logger.info("The embedded PostgreSQL runs as process " + this.postmaster.pid() + " on port " + this.port);
		this.watch = new PostmasterWatch(() -> cluster.programs().areRunBy(this.postmaster), this::revive);
	}

	private static void checkVersion(PostgresCluster cluster) throws IOException {
		String major = cluster.majorVersion();
		if (!PostgresPrograms.VERSION.startsWith(major + ".")) {
			throw new StartupFailed(
					"The data in " + cluster.data() + " is of PostgreSQL " + major + ", and the embedded one is "
							+ PostgresPrograms.VERSION,
					"Dump and restore it with pg_dump of version " + major
							+ ", or set DATABASE_URL to a server of that version.");
		}
	}

	private int startOnFreePort() throws RetryException {
		return this.startRetries.execute(() -> {
			int free = freePort();
			this.cluster.start(free);
			return free;
		});
	}

	private void revive() {
		logger.warn("The embedded PostgreSQL has died: starting it again");
		try {
			this.startRetries.execute(() -> {
				OptionalInt running = OrphanedPostgres.takeOver(this.cluster);
				if (running.isEmpty() || running.getAsInt() != this.port) {
					this.cluster.stop(STOP_PATIENCE);
					this.cluster.start(this.port);
				}
				return this.port;
			});
			this.postmaster = postmaster();
			logger.warn("The embedded PostgreSQL runs again, as process " + this.postmaster.pid());
		}
		catch (RetryException | IOException ex) {
			throw new IllegalStateException(String.valueOf(ex.getCause() != null ? ex.getCause().getMessage() : ex),
					ex);
		}
	}

	private ProcessHandle postmaster() throws IOException {
		return PostmasterFile.of(this.cluster.data())
			.flatMap((file) -> ProcessHandle.of(file.pid()))
			.orElseThrow(() -> new PostgresCommandFailed("PostgreSQL", "it has stopped by itself"));
	}

	private void createDatabase() throws IOException, SQLException {
		try (Connection connection = this.cluster.connect(this.port, "postgres");
				Statement statement = connection.createStatement();
				ResultSet found = statement
					.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
			if (!found.next()) {
				statement.execute("CREATE DATABASE " + DATABASE);
			}
		}
	}

	private void checkDurability() throws IOException, SQLException {
		try (Connection connection = this.cluster.connect(this.port, DATABASE)) {
			for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
				if (!"on".equals(PostgresCluster.show(connection, setting))) {
					throw new StartupFailed("The embedded PostgreSQL has " + setting + " off, and could lose data",
							"Remove the setting from its configuration in " + this.cluster.data()
									+ ", its databases and roles.");
				}
			}
		}
	}

	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(LOCALHOST))) {
			return socket.getLocalPort();
		}
	}

	private boolean isClosing() {
		return this.closing;
	}

	@Override
	public DatabaseAddress address() {
		try {
			return new DatabaseAddress(PostgresCluster.url(this.port, DATABASE), PostgresCluster.USER,
					this.cluster.password());
		}
		catch (IOException ex) {
			throw new StartupFailed("The password of the embedded PostgreSQL can't be read: " + ex,
					"Give this user access to the data directory.");
		}
	}

	/** The process of the server that runs now; another one after it died. */
	ProcessHandle process() {
		return this.postmaster;
	}

	@Override
	public void close() {
		if (!this.closing) {
			this.closing = true;
			this.watch.close();
			stop(this.cluster, this.lock);
		}
	}

	private static void stop(@Nullable PostgresCluster cluster, DataDirectoryLock lock) {
		try (lock) {
			if (cluster != null) {
				cluster.stop(STOP_PATIENCE);
			}
		}
		catch (IOException | RuntimeException ex) {
			logger.error("The embedded PostgreSQL could not be stopped; the next start takes it over", ex);
		}
	}

}
