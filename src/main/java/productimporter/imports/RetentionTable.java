package productimporter.imports;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds and deletes the runs whose time is over, and finds the files.
 */
@Repository
class RetentionTable {

	private static final String NEEDED = "(r.finished_at IS NULL OR r.finished_at >= ?)";

	private final JdbcClient jdbc;

	RetentionTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Files in the store whose runs have all ended before then. */
	List<UUID> filesNotNeededSince(Instant then) {
		return this.jdbc.sql("""
				SELECT u.id FROM upload u
				WHERE u.removed_at IS NULL AND EXISTS (SELECT 1 FROM import_run r WHERE r.upload_id = u.id)
				AND NOT EXISTS (SELECT 1 FROM import_run r WHERE r.upload_id = u.id AND\s""" + NEEDED + ")")
			.param(ImportRunTable.utc(then))
			.query(UUID.class)
			.list();
	}

	/** Ends the runs that nobody has answered since then; their files go later. */
	int endUnanswered(Instant then, Instant now) {
		return this.jdbc.sql("""
				UPDATE import_run SET status = 'stopped', error = NULL, finished_at = ?
				WHERE status = 'needs_input' AND queued_at < ?""")
			.params(ImportRunTable.utc(now), ImportRunTable.utc(then))
			.update();
	}

	/** Whether a run of the file has not ended, or has since then. */
	boolean needsFile(UUID upload, Instant then) {
		return this.jdbc.sql("SELECT EXISTS (SELECT 1 FROM import_run r WHERE r.upload_id = ? AND " + NEEDED + ")")
			.params(upload, ImportRunTable.utc(then))
			.query(Boolean.class)
			.single();
	}

	/** The runs of a file that is gone can't go on. */
	void endForGood(UUID upload) {
		this.jdbc.sql("UPDATE import_run SET restartable = false WHERE upload_id = ? AND restartable")
			.param(upload)
			.update();
	}

	/** The runs that have ended before then, the first first. */
	List<UUID> runsEndedBefore(Instant then) {
		return this.jdbc.sql("SELECT id FROM import_run WHERE finished_at < ? ORDER BY finished_at")
			.param(ImportRunTable.utc(then))
			.query(UUID.class)
			.list();
	}

	/**
	 * Deletes a run, and all that belongs to it alone.
	 * @return whether it had ended before then
	 */
	boolean delete(UUID run, Instant then) {
		return this.jdbc.sql("DELETE FROM import_run WHERE id = ? AND finished_at < ?")
			.params(run, ImportRunTable.utc(then))
			.update() == 1;
	}

	/** Whether a file has any run. */
	boolean hasRuns(UUID upload) {
		return this.jdbc.sql("SELECT EXISTS (SELECT 1 FROM import_run WHERE upload_id = ?)")
			.param(upload)
			.query(Boolean.class)
			.single();
	}

}
