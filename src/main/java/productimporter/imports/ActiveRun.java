package productimporter.imports;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

/**
 * The run that this node is executing: all that the job needs of it. What is written here
 * is written under the run's lease, in the transaction that surrounds the call, and fails
 * with {@link LeaseLost} when another node has taken the run over.
 */
public final class ActiveRun {

	private final ImportRun run;

	private final RunProgress progress;

	private final RunChanges changes;

	private final Tables tables;

	private final Clock clock;

	private volatile boolean stopRequested;

	private volatile boolean shutdown;

	ActiveRun(ImportRun run, RunProgress progress, RunChanges changes, Tables tables, Clock clock) {
		this.run = run;
		this.progress = progress;
		this.changes = changes;
		this.tables = tables;
		this.clock = clock;
	}

	public UUID id() {
		return this.run.id();
	}

	public UUID uploadId() {
		return this.run.uploadId();
	}

	/**
	 * Which attempt this is.
	 * @return 1 or more
	 */
	public int attempt() {
		return this.run.attempts();
	}

	public RunProgress progress() {
		return this.progress;
	}

	/**
	 * Whether the job should end at the next chunk boundary.
	 * @return whether someone asked to stop the run, or this node shuts down
	 */
	public boolean stopRequested() {
		return this.stopRequested || this.shutdown;
	}

	/**
	 * The fence: holds the run until the surrounding transaction ends. Every transaction
	 * that writes for the run calls it first.
	 * @throws LeaseLost when another node has taken the run over
	 */
	public void hold() {
		this.tables.fence().hold(id(), epoch());
	}

	/**
	 * A phase begins.
	 * @param phase parsing, validating or importing
	 */
	public void enter(RunStatus phase) {
		requireOurs(this.tables.runs().enter(id(), epoch(), phase));
		changed();
	}

	/**
	 * Validation begins, perhaps anew: what an earlier attempt left of it goes.
	 */
	public void forgetValidation() {
		requireOurs(this.tables.runs().rowsTotal(id(), epoch(), null));
		this.tables.plans().forget(id());
		this.tables.refusedRows().forget(id());
	}

	/**
	 * Stores rows that won't be imported.
	 * @param rows each at most once a run
	 */
	public void refuse(List<RefusedRow> rows) {
		hold();
		this.tables.refusedRows().add(id(), rows);
	}

	/**
	 * Validation ends.
	 * @param plan what is to be imported
	 */
	public void save(ImportPlan plan) {
		requireOurs(this.tables.runs().rowsTotal(id(), epoch(), plan.rowsTotal()));
		changed();
		this.tables.plans().save(id(), plan);
	}

	/**
	 * What validation decided.
	 * @return the stored plan
	 */
	public ImportPlan plan() {
		return this.tables.plans().find(id());
	}

	/**
	 * The run is completed.
	 * @param counts what became of the rows; together they must be all rows of the file
	 */
	public void complete(RowCounts counts) {
		requireOurs(this.tables.runs().complete(id(), epoch(), counts, this.clock.instant()));
		this.tables.ends().tell(id());
		changed();
	}

	/**
	 * Lets everyone know of the run's new state once it is committed.
	 */
	void changed() {
		this.changes.changed(id());
	}

	long epoch() {
		return this.run.epoch();
	}

	ImportRun run() {
		return this.run;
	}

	void requestStop() {
		this.stopRequested = true;
	}

	void shutDown() {
		this.shutdown = true;
	}

	boolean isShutDown() {
		return this.shutdown;
	}

	private void requireOurs(boolean ours) {
		if (!ours) {
			throw LeaseLost.ofRun(id(), epoch());
		}
	}

	/** The tables that hold what belongs to a run. */
	record Tables(RunFence fence, ImportRunTable runs, ImportPlanTable plans, RefusedRowTable refusedRows,
			RunEnds ends) {
	}

}
