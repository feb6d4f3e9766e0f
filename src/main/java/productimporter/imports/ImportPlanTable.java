package productimporter.imports;

import java.util.BitSet;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Every statement of {@code import_plan} and {@code import_range}.
 */
@Repository
class ImportPlanTable {

	private final JdbcClient jdbc;

	ImportPlanTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void forget(UUID run) {
		this.jdbc.sql("DELETE FROM import_plan WHERE run_id = ?").param(run).update();
	}

	/** Call inside a transaction. */
	void save(UUID run, ImportPlan plan) {
		this.jdbc.sql("""
				INSERT INTO import_plan (run_id, rows_total, chunk_size, refused, superseded) VALUES (?, ?, ?, ?, ?)""")
			.params(run, plan.rowsTotal(), plan.chunkSize(), plan.refused().toByteArray(),
					plan.superseded().toByteArray())
			.update();
		for (ImportPlan.Range range : plan.ranges()) {
			this.jdbc.sql("""
					INSERT INTO import_range (run_id, range_number, first_byte, first_line, first_record, records)
					VALUES (?, ?, ?, ?, ?, ?)""")
				.params(run, range.number(), range.firstByte(), range.firstLine(), range.firstRecord(), range.records())
				.update();
		}
	}

	/**
	 * The stored plan.
	 * @throws org.springframework.dao.EmptyResultDataAccessException when validation has
	 * not ended
	 */
	ImportPlan find(UUID run) {
		List<ImportPlan.Range> ranges = this.jdbc.sql("""
				SELECT range_number, first_byte, first_line, first_record, records
				FROM import_range WHERE run_id = ? ORDER BY range_number""")
			.param(run)
			.query((row, number) -> new ImportPlan.Range(row.getInt(1), row.getLong(2), row.getLong(3), row.getInt(4),
					row.getInt(5)))
			.list();
		return this.jdbc.sql("SELECT rows_total, chunk_size, refused, superseded FROM import_plan WHERE run_id = ?")
			.param(run)
			.query((row, number) -> new ImportPlan(row.getLong(1), BitSet.valueOf(row.getBytes(3)),
					BitSet.valueOf(row.getBytes(4)), row.getInt(2), ranges))
			.single();
	}

}
