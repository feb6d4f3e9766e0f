package productimporter.imports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import productimporter.platform.InWords;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads what {@link ImportStatus} shows, of one run or of a page of the history.
 */
@Repository
class ImportStatusQuery {

	static final String SELECT = """
			SELECT r.id, r.kind, r.title, r.parent_run_id, u.filename, u.size_bytes, u.sha256, u.removed_at,
			       CASE WHEN p.stop_requested AND r.status IN ('parsing', 'validating', 'importing', 'deleting')
			           THEN 'stopping'
			           ELSE r.status END AS status, r.rows_total, r.error, r.error_code,
			       r.restartable, r.attempts, r.options ->> 'dry_run' = 'true' AS dry_run, r.queued_at, r.started_at, r.finished_at, p.percent,
			       p.rows_per_second, p.eta_seconds, p.updated_at,
			       CASE WHEN done THEN r.rows_read
			           WHEN r.status = 'validating' THEN coalesce(r.rows_total, p.rows_read)
			           ELSE p.rows_read END AS rows_read,
			       CASE WHEN done THEN r.created ELSE p.created END AS created,
			       CASE WHEN done THEN r.updated ELSE p.updated END AS updated,
			       CASE WHEN done THEN r.unchanged ELSE p.unchanged END AS unchanged,
			       CASE WHEN done THEN r.superseded ELSE p.superseded END AS superseded,
			       CASE WHEN done THEN r.rejected ELSE p.rejected END AS rejected,
			       before.jobs AS before_it, before.imports AS imports_before_it
			FROM import_run r
			LEFT JOIN upload u ON u.id = r.upload_id
			JOIN import_progress p ON p.run_id = r.id
			CROSS JOIN LATERAL (SELECT r.status = 'completed' AS done) AS s
			LEFT JOIN LATERAL (SELECT count(*) AS jobs, count(*) FILTER (WHERE o.kind = 'import') AS imports
			    FROM import_run o WHERE o.queue_number < r.queue_number
			    AND o.status NOT IN ('completed', 'failed', 'stopped', 'needs_input')) AS before ON r.status = 'queued'
			""";

	private final JdbcClient jdbc;

	private final ImportSettings settings;

	private final Clock clock;

	ImportStatusQuery(JdbcClient jdbc, ImportSettings settings, Clock clock) {
		this.jdbc = jdbc;
		this.settings = settings;
		this.clock = clock;
	}

	Optional<ImportStatus> one(UUID id) {
		return this.jdbc.sql(SELECT + "WHERE r.id = ?").param(id).query(this::status).optional();
	}

	/** Imports, newest first. */
	List<ImportStatus> page(int size, long offset) {
		return this.jdbc.sql(SELECT + "WHERE r.kind = 'import' ORDER BY r.queue_number DESC LIMIT ? OFFSET ?")
			.params(size, offset)
			.query(this::status)
			.list();
	}

	/** The latest imports whose files correct the refused rows of a run, newest first. */
	List<ImportStatus> corrections(UUID parent) {
		return this.jdbc.sql(SELECT + "WHERE r.parent_run_id = ? ORDER BY r.queue_number DESC LIMIT 20")
			.param(parent)
			.query(this::status)
			.list();
	}

	/** Oldest first. */
	List<ImportStatus> unfinished() {
		return this.jdbc
			.sql(SELECT + "WHERE r.status NOT IN ('completed', 'failed', 'stopped') ORDER BY r.queue_number")
			.query(this::status)
			.list();
	}

	/** The runs of that ids, newest first. */
	List<ImportStatus> all(List<UUID> ids) {
		return ids.isEmpty() ? List.of()
				: this.jdbc.sql(SELECT + "WHERE r.id IN (:ids) ORDER BY r.queue_number DESC")
					.param("ids", ids)
					.query(this::status)
					.list();
	}

	/** The runs that wait for others. */
	List<UUID> queued() {
		return this.jdbc.sql("SELECT id FROM import_run WHERE status = 'queued' ORDER BY queue_number")
			.query(UUID.class)
			.list();
	}

	/** Imports. */
	long count() {
		return this.jdbc.sql("SELECT count(*) FROM import_run WHERE kind = 'import'").query(Long.class).single();
	}

	ImportStatus status(ResultSet row, int number) throws SQLException {
		RunStatus status = RunStatus.of(row.getString("status"));
		boolean open = !status.ended() && status != RunStatus.QUEUED && status != RunStatus.NEEDS_INPUT;
		// a node that lives touches the row every second
		boolean interrupted = open && row.getObject("updated_at", OffsetDateTime.class)
			.toInstant()
			.isBefore(this.clock.instant().minus(this.settings.lease()));
		boolean running = open && !interrupted;
		JobKind kind = JobKind.of(row.getString("kind"));
		return new ImportStatus(row.getObject("id", UUID.class), kind, row.getString("filename"),
				row.getString("title"), row.getObject("size_bytes", Long.class), row.getString("sha256"), status,
				interrupted ? "Interrupted, goes on by itself" : message(row, kind, status),
				(status == RunStatus.COMPLETED) ? 100 : row.getDouble("percent"),
				row.getObject("rows_total", Long.class), row.getLong("rows_read"), row.getLong("created"),
				row.getLong("updated"), row.getLong("unchanged"), row.getLong("superseded"), row.getLong("rejected"),
				running ? row.getObject("rows_per_second", Long.class) : null,
				running ? row.getObject("eta_seconds", Long.class) : null, row.getBoolean("dry_run"),
				(status == RunStatus.NEEDS_INPUT) ? null : row.getString("error"), row.getString("error_code"),
				row.getBoolean("restartable"), row.getInt("attempts"),
				row.getObject("queued_at", OffsetDateTime.class).toInstant(), instant(row, "started_at"),
				instant(row, "finished_at"), instant(row, "removed_at"), row.getObject("parent_run_id", UUID.class));
	}

	private static String message(ResultSet row, JobKind kind, RunStatus status) throws SQLException {
		if (status == RunStatus.QUEUED) {
			return waiting(row.getLong("before_it"), row.getLong("imports_before_it"), kind);
		}
		if (status == RunStatus.NEEDS_INPUT) {
			return status.words() + ". " + row.getString("error");
		}
		if (kind == JobKind.BULK_DELETE && status == RunStatus.COMPLETED) {
			return "Deleted " + InWords.count(row.getLong("rows_read"), "product");
		}
		if (status == RunStatus.COMPLETED && row.getLong("rejected") > 0) {
			return done(row) + ", " + row.getLong("rejected") + " rows refused";
		}
		if (status == RunStatus.COMPLETED) {
			return done(row);
		}
		return status.words(row.getBoolean("dry_run"));
	}

	private static String done(ResultSet row) throws SQLException {
		return row.getBoolean("dry_run") ? "Dry run done" : RunStatus.COMPLETED.words();
	}

	private static String waiting(long before, long imports, JobKind kind) {
		if (before == 0) {
			return "Waiting, next in line";
		}
		String what = (imports < before) ? "other job" : (kind == JobKind.IMPORT) ? "other import" : "import";
		return "Waiting behind " + InWords.count(before, what);
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
		return (value != null) ? value.toInstant() : null;
	}

}
