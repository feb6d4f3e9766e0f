package productimporter.imports;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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

	/**
	 * The file of an import.
	 */
	public UUID uploadId() {
		return Objects.requireNonNull(this.run.uploadId(), "Only an import has a file");
	}

	/**
	 * What was asked of an import, and how its file is read.
	 */
	public ImportOptions options() {
		return ImportOptions.of(RunFile.options(this.run.options()));
	}

	/**
	 * Which products a bulk delete takes.
	 * @return as it was queued
	 */
	public String parameters() {
		return Objects.requireNonNull(this.run.parameters(), "Only a bulk delete has parameters");
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
	 * A phase begins, with the progress that goes with it: nobody sees it with the rows
	 * of the phase before.
	 * @param phase parsing, validating, importing or deleting
	 */
	public void enter(RunStatus phase) {
		requireOurs(this.tables.runs().enter(id(), epoch(), phase));
		this.tables.recorder().record(this);
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
	 * A bulk delete begins: it takes no product that is created from now on.
	 * @return when the surrounding transaction began, by the database's clock
	 */
	public Instant beginDelete() {
		hold();
		return this.tables.deletes().now();
	}

	/**
	 * A bulk delete knows how many products match.
	 * @param asOf when it began
	 * @param matched 0 or more
	 */
	public void counted(Instant asOf, long matched) {
		requireOurs(this.tables.runs().rowsTotal(id(), epoch(), matched));
		this.tables.deletes().begin(id(), asOf, matched);
		changed();
	}

	/**
	 * How far a bulk delete is.
	 * @throws java.util.NoSuchElementException when it has not counted yet
	 */
	public Deletion deletion() {
		return this.tables.deletes().find(id()).orElseThrow();
	}

	/**
	 * A chunk of a bulk delete is about to be committed.
	 * @param deletion how far it is then
	 */
	public void save(Deletion deletion) {
		this.tables.deletes().save(id(), deletion);
	}

	/**
	 * The bulk delete is completed.
	 * @param deleted products that it deleted, over all attempts
	 */
	public void completeDelete(long deleted) {
		requireOurs(this.tables.deletes().complete(id(), epoch(), deleted, this.clock.instant()));
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

	/** What holds what belongs to a run. */
	record Tables(RunFence fence, ImportRunTable runs, BulkDeleteTable deletes, ImportPlanTable plans,
			RefusedRowTable refusedRows, ProgressRecorder recorder, RunEnds ends) {
	}

}
