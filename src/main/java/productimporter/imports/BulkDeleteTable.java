package productimporter.imports;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What {@code import_run} holds of bulk deletes alone, and every statement of
 * {@code bulk_delete}.
 */
@Repository
class BulkDeleteTable {

	private final JdbcClient jdbc;

	private final ImportRunTable runs;

	BulkDeleteTable(JdbcClient jdbc, ImportRunTable runs) {
		this.jdbc = jdbc;
		this.runs = runs;
	}

	/** A new run. Call inside a transaction. */
	void queue(UUID id, String title, String parameters, Instant now) {
		this.runs.lockQueue();
		this.jdbc.sql("""
				INSERT INTO import_run (id, kind, title, parameters, status, queued_at, next_attempt_at)
				VALUES (?, 'bulk_delete', ?, ?::jsonb, 'queued', ?, ?)""")
			.params(id, title, parameters, ImportRunTable.utc(now), ImportRunTable.utc(now))
			.update();
		this.runs.queueProgress(id, now);
	}

	/** The present moment by the database's clock: when the transaction began. */
	Instant now() {
		return this.jdbc.sql("SELECT now()").query(OffsetDateTime.class).single().toInstant();
	}

	/** What the run found when it began; nothing is changed when it is known already. */
	void begin(UUID id, Instant asOf, long matched) {
		this.jdbc.sql("""
				INSERT INTO bulk_delete (run_id, as_of, matched) VALUES (?, ?, ?)
				ON CONFLICT (run_id) DO NOTHING""").params(id, ImportRunTable.utc(asOf), matched).update();
	}

	/** Empty when the run has not counted yet. */
	Optional<Deletion> find(UUID id) {
		return this.jdbc.sql("SELECT as_of, matched, after_id, at_end, deleted FROM bulk_delete WHERE run_id = ?")
			.param(id)
			.query((row, number) -> new Deletion(row.getObject("as_of", OffsetDateTime.class).toInstant(),
					row.getLong("matched"), row.getObject("after_id", UUID.class), row.getBoolean("at_end"),
					row.getLong("deleted")))
			.optional();
	}

	/** Call in the transaction of the chunk. */
	void save(UUID id, Deletion deletion) {
		this.jdbc.sql("UPDATE bulk_delete SET after_id = :after, at_end = :end, deleted = :deleted WHERE run_id = :run")
			.param("after", deletion.after(), Types.OTHER)
			.param("end", deletion.atEnd())
			.param("deleted", deletion.deleted())
			.param("run", id)
			.update();
	}

	/**
	 * Tells whether the run was still ours
	 */
	boolean complete(UUID id, long epoch, long deleted, Instant now) {
		return this.jdbc.sql("""
				UPDATE import_run SET status = 'completed', rows_read = ?, restartable = false, finished_at = ?
				WHERE id = ? AND epoch = ? AND kind = 'bulk_delete'""")
			.params(deleted, ImportRunTable.utc(now), id, epoch)
			.update() == 1;
	}

	/** Which products a bulk delete takes, in JSON; {@code null} for an import. */
	@Nullable String parameters(UUID id) {
		return this.jdbc.sql("SELECT parameters FROM import_run WHERE id = ?")
			.param(id)
			.query((row, number) -> Optional.ofNullable(row.getString(1)))
			.single()
			.orElse(null);
	}

}
