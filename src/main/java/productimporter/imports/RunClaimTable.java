package productimporter.imports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How a lane gets its next run, and takes one over from a node that is gone.
 */
@Repository
class RunClaimTable {

	private static final String LOCK_NOT_AVAILABLE = "55P03";

	/** The first run of the queue that the lane has to look at. */
	private static final String HEAD = """
			SELECT id, lane FROM import_run WHERE status NOT IN ('completed', 'failed', 'stopped', 'needs_input')
			AND (lane IS NULL OR lane = :lane OR lane > :lanes) ORDER BY queue_number LIMIT 1""";

	private final JdbcClient jdbc;

	RunClaimTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Lets the surrounding transaction wait for a lock no longer than this.
	 */
	void waitAtMost(Duration time) {
		this.jdbc.sql("SELECT set_config('lock_timeout', ?, true)")
			.param(Long.toString(time.toMillis()))
			.query(String.class)
			.single();
	}

	/**
	 * Whether a task is this node's. A node that was frozen still executes the task when
	 * another has it.
	 */
	boolean hasTask(String task, String node) {
		return isPicked(task, node, "");
	}

	/**
	 * Whether a task is this node's, until the surrounding transaction ends: that must be
	 * soon, for there is no heartbeat meanwhile.
	 */
	boolean holdTask(String task, String node) {
		return isPicked(task, node, " FOR SHARE");
	}

	private boolean isPicked(String task, String node, String lock) {
		return this.jdbc.sql("SELECT 1 FROM scheduled_import WHERE task_name = ? AND picked AND picked_by = ?" + lock)
			.params(task, node)
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	/**
	 * Takes the lane's next run over: the first of the queue that is not another lane's.
	 * One of a lane that this node doesn't know is taken when nobody works there, and
	 * waited for until then. Call inside a transaction and let it commit before anything
	 * is read for the run: from then on nobody else can write for it.
	 * @param lease how long after the last heartbeat of a lane somebody works there
	 * @return empty when there is none, when the first one is not to be tried yet, and
	 * when another lane was quicker
	 * @throws CannotAcquireLockException when someone holds it for longer than
	 * {@link #waitAtMost}
	 */
	Optional<ImportRun> claimHead(Lane lane, Duration lease, Instant now) {
		try {
			return this.jdbc
				.sql("""
						UPDATE import_run r
						SET epoch = epoch + 1, attempts = attempts + 1, lane = :lane,
						    started_at = coalesce(started_at, :now),
						    status = CASE WHEN status <> 'queued' THEN status
						        WHEN kind = 'import' THEN 'parsing' ELSE 'deleting' END
						FROM (%s) head
						-- once more, since another may have changed it while we waited for its lock
						WHERE r.id = head.id AND r.lane IS NOT DISTINCT FROM head.lane AND r.next_attempt_at <= :now
						AND r.status NOT IN ('completed', 'failed', 'stopped', 'needs_input')
						AND NOT EXISTS (SELECT 1 FROM scheduled_import s WHERE r.lane > :lanes
						    AND s.task_name = :further || r.lane AND s.picked AND s.last_heartbeat > :alive)
						RETURNING r.id, r.kind, r.upload_id, r.parameters, r.options, r.epoch, r.attempts,
						    (SELECT stop_requested FROM import_progress WHERE run_id = r.id) AS stop_requested"""
					.formatted(HEAD))
				.param("lane", lane.number())
				.param("lanes", lane.count())
				.param("further", Lane.FURTHER)
				.param("alive", ImportRunTable.utc(now.minus(lease)))
				.param("now", ImportRunTable.utc(now))
				.query(RunClaimTable::run)
				.optional();
		}
		catch (UncategorizedSQLException ex) {
			SQLException cause = ex.getSQLException();
			if (cause != null && LOCK_NOT_AVAILABLE.equals(cause.getSQLState())) {
				throw new CannotAcquireLockException("The next run of lane " + lane.number() + " is held by someone",
						ex);
			}
			throw ex;
		}
	}

	/**
	 * Ends the sessions that have held the lane's next run for longer than a lease. Their
	 * node is frozen or gone; PostgreSQL doesn't notice when it is waiting for the rest
	 * of a statement. Those that are marked as holding another run ({@link RunFence}) are
	 * left alone.
	 * @return how many
	 */
	int endSessionsThatHoldHead(Lane lane, Duration longerThan) {
		return this.jdbc
			.sql("""
					SELECT pg_terminate_backend(pid) FROM (
					    SELECT DISTINCT l.pid FROM pg_locks l JOIN pg_stat_activity a USING (pid)
					    WHERE l.relation = 'import_run'::regclass AND l.mode = 'RowShareLock' AND l.granted
					    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
					    AND l.pid <> pg_backend_pid() AND a.xact_start < clock_timestamp() - CAST(:time AS interval)
					    AND NOT EXISTS (SELECT 1 FROM pg_locks mark, (%s) head
					        WHERE mark.pid = l.pid AND mark.locktype = 'advisory'
					        AND mark.classid = CAST(%s AS oid) AND mark.objid <> CAST(hashtext(CAST(head.id AS text)) AS oid)
					    )) AS holders"""
				.formatted(HEAD, RunFence.MARK))
			.param("lane", lane.number())
			.param("lanes", lane.count())
			.param("time", longerThan.toMillis() + " milliseconds")
			.query(Boolean.class)
			.list()
			.size();
	}

	private static ImportRun run(ResultSet row, int number) throws SQLException {
		return new ImportRun(row.getObject("id", UUID.class), JobKind.of(row.getString("kind")),
				row.getObject("upload_id", UUID.class), row.getString("parameters"), row.getString("options"),
				row.getLong("epoch"), row.getInt("attempts"), row.getBoolean("stop_requested"));
	}

}
