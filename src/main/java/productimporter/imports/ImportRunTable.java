package productimporter.imports;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Every statement that writes {@code import_run}, but for what only bulk deletes have
 * ({@link BulkDeleteTable}), and how it is claimed ({@link RunClaimTable}).
 */
@Repository
class ImportRunTable {

	private final JdbcClient jdbc;

	ImportRunTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * One transaction after the other queues, so that places in the queue become visible
	 * in their order.
	 */
	void lockQueue() {
		this.jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('productimporter.import_queue'))")
			.query((row, number) -> 0)
			.single();
	}

	/**
	 * Notes whose refused rows the file of a run corrects, as long as there is that run.
	 * Call inside a transaction.
	 */
	void corrects(UUID id, UUID parent) {
		this.jdbc.sql("""
				WITH parent AS (SELECT id FROM import_run WHERE id = ? FOR KEY SHARE)
				UPDATE import_run SET parent_run_id = (SELECT id FROM parent) WHERE id = ?""")
			.params(parent, id)
			.update();
	}

	/** An import. Call inside a transaction. */
	void queue(UUID id, UUID uploadId, Map<String, String> options, Instant now) {
		lockQueue();
		this.jdbc.sql("""
				INSERT INTO import_run (id, upload_id, options, status, queued_at, next_attempt_at)
				VALUES (?, ?, ?::jsonb, 'queued', ?, ?)""")
			.params(id, uploadId, RunFile.json(options), utc(now), utc(now))
			.update();
		queueProgress(id, now);
	}

	/** Call inside a transaction. */
	void queueProgress(UUID id, Instant now) {
		this.jdbc.sql("INSERT INTO import_progress (run_id, epoch, updated_at) VALUES (?, 0, ?)")
			.params(id, utc(now))
			.update();
	}

	/**
	 * Tells whether the run is still ours
	 */
	boolean enter(UUID id, long epoch, RunStatus phase) {
		return this.jdbc.sql("""
				UPDATE import_run SET status = ?
				WHERE id = ? AND epoch = ? AND status NOT IN ('completed', 'failed', 'stopped')""")
			.params(phase.code(), id, epoch)
			.update() == 1;
	}

	/**
	 * Tells whether the run is still ours
	 */
	boolean rowsTotal(UUID id, long epoch, @Nullable Long rows) {
		return this.jdbc.sql("UPDATE import_run SET rows_total = :rows WHERE id = :id AND epoch = :epoch")
			.param("rows", rows)
			.param("id", id)
			.param("epoch", epoch)
			.update() == 1;
	}

	/**
	 * Tells whether the run was still ours
	 */
	boolean complete(UUID id, long epoch, RowCounts counts, Instant now) {
		return this.jdbc.sql("""
				UPDATE import_run
				SET status = 'completed', rows_read = :rows, created = :created, updated = :updated,
				    unchanged = :unchanged, superseded = :superseded, rejected = :rejected,
				    restartable = false, finished_at = :now
				WHERE id = :id AND epoch = :epoch""")
			.param("rows", counts.rows())
			.param("created", counts.created())
			.param("updated", counts.updated())
			.param("unchanged", counts.unchanged())
			.param("superseded", counts.superseded())
			.param("rejected", counts.rejected())
			.param("now", utc(now))
			.param("id", id)
			.param("epoch", epoch)
			.update() == 1;
	}

	/**
	 * Tells whether the run was still ours
	 */
	boolean end(UUID id, long epoch, RunStatus status, @Nullable String errorCode, @Nullable String error,
			boolean restartable, Instant now) {
		return this.jdbc.sql("""
				UPDATE import_run
				SET status = :status, error_code = :code, error = :error, restartable = :restartable,
				    finished_at = :now
				WHERE id = :id AND epoch = :epoch AND status NOT IN ('completed', 'failed', 'stopped')""")
			.param("status", status.code())
			.param("code", errorCode)
			.param("error", error)
			.param("restartable", restartable)
			.param("now", utc(now))
			.param("id", id)
			.param("epoch", epoch)
			.update() == 1;
	}

	/** The run stays in its place and is tried again. */
	void tryAgain(UUID id, long epoch, Instant notBefore) {
		this.jdbc.sql("UPDATE import_run SET next_attempt_at = ? WHERE id = ? AND epoch = ?")
			.params(utc(notBefore), id, epoch)
			.update();
	}

	/** The attempt doesn't count as fruitless. */
	void forgiveAttempt(UUID id, long epoch) {
		this.jdbc.sql("""
				UPDATE import_run SET fruitless_attempts = greatest(fruitless_attempts - 1, 0)
				WHERE id = ? AND epoch = ?""").params(id, epoch).update();
	}

	/**
	 * Notes at the start of an attempt how much is committed.
	 * @param commits chunks of the run that are committed
	 * @return attempts since something new was committed, this one counted
	 */
	int noteCommits(UUID id, long epoch, long commits) {
		return this.jdbc.sql("""
				UPDATE import_run
				SET fruitless_attempts = CASE WHEN commits_seen < :commits THEN 1 ELSE fruitless_attempts + 1 END,
				    commits_seen = :commits
				WHERE id = :id AND epoch = :epoch
				RETURNING fruitless_attempts""")
			.param("commits", commits)
			.param("id", id)
			.param("epoch", epoch)
			.query(Integer.class)
			.optional()
			.orElseThrow(() -> LeaseLost.ofRun(id, epoch));
	}

	/** Stops a run that waits; tells whether it did. */
	boolean stopWaiting(UUID id, Instant now) {
		return this.jdbc.sql("""
				UPDATE import_run SET status = 'stopped', restartable = true, finished_at = ?
				WHERE id = ? AND status IN ('queued', 'needs_input')""").params(utc(now), id).update() == 1;
	}

	/**
	 * Asks whoever executes a run to stop it; never waits for a chunk.
	 * @return whether the run has not ended
	 */
	boolean requestStop(UUID id) {
		return this.jdbc.sql("""
				UPDATE import_progress p SET stop_requested = true FROM import_run r
				WHERE p.run_id = ? AND r.id = p.run_id AND r.status NOT IN ('completed', 'failed', 'stopped')""")
			.param(id)
			.update() == 1;
	}

	/**
	 * Puts a run that may go on at the end of the queue.
	 * @return whether it had ended in a way that lets it go on
	 */
	boolean requeue(UUID id, Instant now) {
		lockQueue();
		boolean queued = this.jdbc
			.sql("""
					UPDATE import_run
					SET status = 'queued', queue_number = DEFAULT, lane = NULL, restartable = false, error = NULL, error_code = NULL,
					    finished_at = NULL, fruitless_attempts = 0, next_attempt_at = :now
					WHERE id = :id AND status IN ('failed', 'stopped') AND restartable""")
			.param("now", utc(now))
			.param("id", id)
			.update() == 1;
		if (queued) {
			this.jdbc.sql("UPDATE import_progress SET stop_requested = false WHERE run_id = ?").param(id).update();
		}
		return queued;
	}

	/** Has someone told of the run's end. */
	void notify(UUID id, String address) {
		this.jdbc.sql("UPDATE import_run SET notify = ? WHERE id = ?").params(address, id).update();
	}

	boolean stopRequested(UUID id) {
		return this.jdbc.sql("SELECT stop_requested FROM import_progress WHERE run_id = ?")
			.param(id)
			.query(Boolean.class)
			.optional()
			.orElse(false);
	}

	static OffsetDateTime utc(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

}
