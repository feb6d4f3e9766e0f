package productimporter.imports;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import productimporter.platform.Notices;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Publishes what {@link RunChanges} collects, on one thread of its own and at most eight
 * times a second a run: writes the progress row, tells this node's subscribers and then
 * the other nodes. An import is never slower for it, and a failure here never reaches it.
 * Since only this thread reads what subscribers get, none of them sees a run go back.
 */
@Component
class ProgressPublisher implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(ProgressPublisher.class);

	// With the present state on subscription that makes 10 at most in any second
	private static final long WATCHED_MILLIS = 125;

	private static final long UNWATCHED_MILLIS = 250;

	private static final long FAILED_MILLIS = 1_000;

	private static final long TICK_MILLIS = 250;

	// so that rate and remaining time go on when nothing else does
	private static final int TICKS_A_REFRESH = 4;

	private final ActiveRuns runs;

	private final RunChanges changes;

	private final ProgressRecorder recorder;

	private final ImportRunTable table;

	private final ProgressDelivery delivery;

	private final Notices notices;

	/** When a run may be published again, in {@link System#nanoTime}. */
	private final Map<UUID, Long> notBefore = new HashMap<>();

	private long ticks;

	private long nextTick = System.nanoTime();

	private volatile boolean running;

	private volatile Thread thread = new Thread(this::run);

	ProgressPublisher(ActiveRuns runs, RunChanges changes, ProgressRecorder recorder, ImportRunTable table,
			ProgressDelivery delivery, Notices notices) {
		this.runs = runs;
		this.changes = changes;
		this.recorder = recorder;
		this.table = table;
		this.delivery = delivery;
		this.notices = notices;
	}

	private void run() {
		while (this.running) {
			long wait = TICK_MILLIS;
			try {
				this.delivery.answer();
				wait = publishDue();
				tick();
			}
			catch (RuntimeException ex) {
				log.debug("Publishing failed and will be tried again", ex);
			}
			try {
				this.changes.await(wait);
			}
			catch (InterruptedException ex) {
				return;
			}
		}
		this.changes.runs().forEach(this::publish);
	}

	/**
	 * Publishes the runs whose time has come.
	 * @return milliseconds until the next one's
	 */
	private long publishDue() {
		long wait = this.runs.all().isEmpty() ? FAILED_MILLIS : TICK_MILLIS;
		for (UUID run : this.changes.runs()) {
			long now = System.nanoTime();
			long rest = Duration.ofNanos(this.notBefore.getOrDefault(run, now) - now).toMillis();
			if (rest <= 0) {
				publish(run);
			}
			else {
				wait = Math.min(wait, rest);
			}
		}
		return wait;
	}

	private void publish(UUID run) {
		boolean ours = this.changes.take(run);
		boolean wanted = this.delivery.isWanted(run);
		try {
			ActiveRun active = this.runs.find(run);
			if (active != null) {
				this.recorder.record(active);
			}
			if (wanted) {
				this.delivery.deliver(run);
			}
			else {
				this.delivery.forget(run);
			}
			if (ours) {
				this.notices.send(RunNotices.CHANNEL, run.toString());
			}
			else if (active != null) {
				checkStop(active);
			}
			notBefore(run, wanted ? WATCHED_MILLIS : UNWATCHED_MILLIS);
		}
		catch (SQLException | RuntimeException ex) {
			log.debug("The state of run {} could not be published, which will be tried again", run, ex);
			notBefore(run, FAILED_MILLIS);
			if (ours) {
				this.changes.progressed(run);
			}
			else {
				this.changes.changedElsewhere(run);
			}
		}
	}

	private void notBefore(UUID run, long millis) {
		this.notBefore.put(run, System.nanoTime() + Duration.ofMillis(millis).toNanos());
	}

	private void tick() {
		long now = System.nanoTime();
		if (now - this.nextTick < 0) {
			return;
		}
		this.nextTick = now + Duration.ofMillis(TICK_MILLIS).toNanos();
		this.ticks++;
		this.notBefore.values().removeIf((time) -> time - now < 0);
		for (ActiveRun run : this.runs.all()) {
			if (this.ticks % TICKS_A_REFRESH == 0) {
				this.changes.progressed(run.id());
			}
			checkStop(run);
		}
	}

	private void checkStop(ActiveRun run) {
		if (!run.stopRequested() && this.table.stopRequested(run.id())) {
			run.requestStop();
		}
	}

	@Override
	public void start() {
		this.running = true;
		this.thread = new Thread(this::run, "progress-publisher");
		this.thread.setDaemon(true);
		this.thread.start();
	}

	@Override
	public void stop() {
		this.running = false;
		this.changes.wake();
		try {
			this.thread.join(Duration.ofSeconds(2).toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Stops after the queue, whose last words it publishes. */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 500;
	}

}
