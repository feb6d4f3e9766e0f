package productimporter.imports;

import java.util.EnumMap;
import java.util.Map;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads {@link RunFigures}.
 */
@Repository
class RunFiguresQuery {

	private final JdbcClient jdbc;

	RunFiguresQuery(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	RunFigures read() {
		Map<RunStatus, Long> runs = new EnumMap<>(RunStatus.class);
		this.jdbc.sql("SELECT status, count(*) AS runs FROM import_run GROUP BY status")
			.query((RowCallbackHandler) (row) -> runs.put(RunStatus.of(row.getString("status")), row.getLong("runs")));
		return this.jdbc.sql("""
				SELECT coalesce(extract(epoch FROM now() - min(r.queued_at) FILTER (WHERE r.status = 'queued')), 0)
				           AS oldest_queued,
				       coalesce(sum(p.rows_per_second) FILTER (WHERE r.status <> 'queued'), 0) AS rows_per_second
				FROM import_run r JOIN import_progress p ON p.run_id = r.id
				WHERE r.status NOT IN ('completed', 'failed', 'stopped')""")
			.query((row, number) -> new RunFigures(runs, row.getDouble("oldest_queued"),
					row.getLong("rows_per_second")))
			.single();
	}

}
