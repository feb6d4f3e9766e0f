package productimporter.imports;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds the runs of a page of the list of jobs.
 */
@Repository
class JobListQuery {

	private static final String STOP_REQUESTED = """
			EXISTS (SELECT 1 FROM import_progress p WHERE p.run_id = r.id AND p.stop_requested)""";

	private final JdbcClient jdbc;

	JobListQuery(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Newest first. */
	List<UUID> page(JobFilter filter, int size, long offset) {
		Conditions conditions = Conditions.of(filter);
		return this.jdbc
			.sql("SELECT r.id FROM import_run r" + conditions.sql()
					+ " ORDER BY r.queue_number DESC LIMIT :size OFFSET :offset")
			.params(conditions.values())
			.param("size", size)
			.param("offset", offset)
			.query(UUID.class)
			.list();
	}

	long count(JobFilter filter) {
		Conditions conditions = Conditions.of(filter);
		return this.jdbc.sql("SELECT count(*) FROM import_run r" + conditions.sql())
			.params(conditions.values())
			.query(Long.class)
			.single();
	}

	/** Only those that are asked for, so that each can use its index. */
	private record Conditions(String sql, Map<String, Object> values) {

		static Conditions of(JobFilter filter) {
			List<String> conditions = new ArrayList<>();
			Map<String, Object> values = new HashMap<>();
			if (filter.status() != null) {
				if (filter.status() == RunStatus.STOPPING) {
					conditions
						.add("r.status IN ('parsing', 'validating', 'importing', 'deleting') AND " + STOP_REQUESTED);
				}
				else {
					conditions.add(
							"r.status = :status AND (r.status NOT IN ('parsing', 'validating', 'importing', 'deleting') OR NOT "
									+ STOP_REQUESTED + ")");
					values.put("status", filter.status().code());
				}
			}
			if (filter.kind() != null) {
				conditions.add("r.kind = :kind");
				values.put("kind", filter.kind().code());
			}
			if (filter.from() != null) {
				conditions.add("r.queued_at >= :from");
				values.put("from", filter.from().atStartOfDay().atOffset(ZoneOffset.UTC));
			}
			if (filter.to() != null) {
				conditions.add("r.queued_at < :until");
				values.put("until", filter.to().plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC));
			}
			if (filter.filename() != null) {
				conditions
					.add("EXISTS (SELECT 1 FROM upload u WHERE u.id = r.upload_id AND u.filename ILIKE :filename)");
				values.put("filename", "%" + filter.filename().replaceAll("([\\\\%_])", "\\\\$1") + "%");
			}
			return new Conditions(conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions), values);
		}

	}

}
