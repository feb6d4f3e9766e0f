package productimporter.imports;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The row that other nodes and {@code GET /upload/status} read. Written outside the
 * chunks' transactions; a node that lost the run changes nothing.
 */
@Repository
class ImportProgressTable {

	private final JdbcClient jdbc;

	ImportProgressTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * The run has a new owner.
	 * @return how far it is
	 */
	RunProgress.Snapshot takeOver(UUID run, long epoch, Instant now) {
		return this.jdbc.sql("""
				UPDATE import_progress SET epoch = :epoch, updated_at = :now WHERE run_id = :run AND epoch < :epoch
				RETURNING percent, rows_read, created, updated, unchanged, superseded, rejected""")
			.param("epoch", epoch)
			.param("now", ImportRunTable.utc(now))
			.param("run", run)
			.query((row, number) -> new RunProgress.Snapshot(row.getDouble(1), null, row.getLong(2),
					new RowCounts(row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6), row.getLong(7))))
			.optional()
			.orElseThrow(() -> LeaseLost.ofRun(run, epoch));
	}

	void write(UUID run, long epoch, RunProgress.Snapshot progress, @Nullable Long rowsPerSecond,
			@Nullable Long etaSeconds, Instant now) {
		RowCounts counts = progress.counts();
		this.jdbc.sql("""
				UPDATE import_progress
				SET percent = :percent, rows_read = :rows, created = :created, updated = :updated,
				    unchanged = :unchanged, superseded = :superseded, rejected = :rejected,
				    rows_per_second = :rate, eta_seconds = :eta, updated_at = :now
				WHERE run_id = :run AND epoch = :epoch""")
			.param("percent", progress.percent())
			.param("rows", progress.rowsRead())
			.param("created", counts.created())
			.param("updated", counts.updated())
			.param("unchanged", counts.unchanged())
			.param("superseded", counts.superseded())
			.param("rejected", counts.rejected())
			.param("rate", rowsPerSecond)
			.param("eta", etaSeconds)
			.param("now", ImportRunTable.utc(now))
			.param("run", run)
			.param("epoch", epoch)
			.update();
	}

}
