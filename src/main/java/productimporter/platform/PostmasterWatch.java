package productimporter.platform;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Looks twice a second whether a server runs, and revives it until it does. A look costs
 * a read of {@code /proc}; {@link ProcessHandle#onExit()} would notice only after up to
 * five seconds, because the server is not our child.
 */
final class PostmasterWatch implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(PostmasterWatch.class);

	private static final long INTERVAL_MILLIS = 500;

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "postgresql-watch");
		thread.setDaemon(true);
		return thread;
	});

	/**
	 * Begin to watch.
	 * @param running whether the server runs
	 * @param revive starts it again; may fail, and is then called again
	 */
	PostmasterWatch(BooleanSupplier running, Runnable revive) {
		var unused = this.executor.scheduleWithFixedDelay(() -> look(running, revive), INTERVAL_MILLIS, INTERVAL_MILLIS,
				TimeUnit.MILLISECONDS);
	}

	private void look(BooleanSupplier running, Runnable revive) {
		try {
			if (!running.getAsBoolean()) {
				revive.run();
			}
		}
		catch (RuntimeException ex) {
			logger.error("The embedded PostgreSQL does not run and can't be started: " + ex.getMessage());
		}
	}

	/**
	 * Stop watching, when a revival that has begun is through.
	 */
	@Override
	public void close() {
		this.executor.shutdown();
		try {
			this.executor.awaitTermination(1, TimeUnit.MINUTES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
