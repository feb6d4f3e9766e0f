package productimporter.jobs.productimport;

import javax.sql.DataSource;

import productimporter.imports.ImportFailed;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How many products this connection has inserted and updated, from PostgreSQL's own count
 * of its present transaction; the difference over a statement is what the statement did.
 * Exact, and costs no pass over the rows (ops/decisions/0003).
 */
final class WrittenTuples {

	private final JdbcTemplate jdbc;

	WrittenTuples(DataSource dataSource) {
		this.jdbc = new JdbcTemplate(dataSource);
	}

	/** Call inside a transaction. */
	Tuples inThisTransaction() {
		Tuples tuples = this.jdbc.queryForObject("""
				SELECT current_setting('track_counts')::boolean,
				       pg_stat_get_xact_tuples_inserted(product) - pg_stat_get_xact_tuples_deleted(product),
				       pg_stat_get_xact_tuples_updated(product)
				FROM (SELECT 'product'::regclass::oid AS product) AS t""", (row, number) -> {
			if (!row.getBoolean(1)) {
				throw new ImportFailed("track_counts_off",
						"PostgreSQL's setting track_counts is off, so the import can't account for its rows. Switch it "
								+ "on, then retry.",
						true);
			}
			return new Tuples(row.getLong(2), row.getLong(3));
		});
		if (tuples == null) {
			throw new IllegalStateException("No counts");
		}
		return tuples;
	}

	/** Rows inserted for good (one that lost the race for its key is counted back) and updated. */
	record Tuples(long inserted, long updated) {

		Tuples minus(Tuples before) {
			return new Tuples(this.inserted - before.inserted, this.updated - before.updated);
		}

	}

}
