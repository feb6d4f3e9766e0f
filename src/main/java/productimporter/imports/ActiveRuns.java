package productimporter.imports;

import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The runs that this node is executing now.
 */
@Component
public class ActiveRuns {

	private final Map<UUID, ActiveRun> runs = new ConcurrentHashMap<>();

	private final ActiveRun.Tables tables;

	private final ImportProgressTable progress;

	private final RunChanges changes;

	private final Clock clock;

	private final int most;

	private volatile boolean closed;

	ActiveRuns(RunFence fence, ImportRunTable runs, BulkDeleteTable deletes, ImportPlanTable plans,
			RefusedRowTable refusedRows, ProgressRecorder recorder, RunEnds ends, ImportProgressTable progress,
			RunChanges changes, ImportSettings settings, Clock clock) {
		this.tables = new ActiveRun.Tables(fence, runs, deletes, plans, refusedRows, recorder, ends);
		this.progress = progress;
		this.changes = changes;
		this.most = settings.runsAtOnce();
		this.clock = clock;
	}

	/**
	 * A run that this node executes.
	 * @param id the run
	 * @return never {@code null}
	 * @throws IllegalStateException when this node doesn't execute it
	 */
	public ActiveRun get(UUID id) {
		ActiveRun run = this.runs.get(id);
		if (run == null) {
			throw new IllegalStateException("Run " + id + " is not executed by this node");
		}
		return run;
	}

	/**
	 * How many runs this node may have at work at once.
	 * @return 1 or more
	 */
	public int most() {
		return this.most;
	}

	@Nullable ActiveRun find(UUID id) {
		return this.runs.get(id);
	}

	Collection<ActiveRun> all() {
		return this.runs.values();
	}

	ActiveRun begin(ImportRun run) {
		RunProgress.Snapshot before = this.progress.takeOver(run.id(), run.epoch(), this.clock.instant());
		RunProgress progressed = new RunProgress(before, () -> this.changes.progressed(run.id()));
		ActiveRun active = new ActiveRun(run, progressed, this.changes, this.tables, this.clock);
		this.runs.put(run.id(), active);
		if (this.closed) {
			active.shutDown();
		}
		active.changed();
		return active;
	}

	/**
	 * The node shuts down: its runs, and one that is about to begin, end at their next
	 * chunk.
	 */
	void close() {
		this.closed = true;
		this.runs.values().forEach(ActiveRun::shutDown);
	}

	void end(ActiveRun run) {
		this.runs.remove(run.id(), run);
	}

}
