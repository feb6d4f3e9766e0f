package productimporter.imports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.job.DefaultJobKeyGenerator;
import org.springframework.batch.core.job.JobKeyGenerator;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads attempts and steps of a run from the tables of Spring Batch's job repository. The
 * run's job instance is found by its key, which is indexed.
 */
@Repository
class JobHistoryQuery {

	private static final String EXECUTIONS = """
			WITH execution AS (
			    SELECT e.*, row_number() OVER (ORDER BY e.job_execution_id) AS number
			    FROM batch_job_instance i
			    JOIN batch_job_execution e ON e.job_instance_id = i.job_instance_id
			    WHERE i.job_name IN ('productImport', 'bulkDelete') AND i.job_key = ?)
			""";

	private final JobKeyGenerator keys = new DefaultJobKeyGenerator();

	private final JdbcClient jdbc;

	JobHistoryQuery(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	List<JobDetail.Attempt> attempts(UUID run) {
		return this.jdbc.sql(EXECUTIONS + "SELECT number, start_time, end_time, status FROM execution ORDER BY number")
			.param(key(run))
			.query((row, number) -> new JobDetail.Attempt(row.getInt("number"), instant(row, "start_time"),
					instant(row, "end_time"), status(row)))
			.list();
	}

	List<JobDetail.Step> steps(UUID run) {
		return this.jdbc.sql(EXECUTIONS + """
				SELECT s.step_name, e.number, s.status, s.start_time, s.end_time, s.read_count, s.write_count,
				       s.filter_count, s.commit_count, s.rollback_count, s.exit_message
				FROM execution e JOIN batch_step_execution s ON s.job_execution_id = e.job_execution_id
				ORDER BY s.step_execution_id""").param(key(run)).query(JobHistoryQuery::step).list();
	}

	Map<String, String> parameters(UUID run) {
		Map<String, String> parameters = new TreeMap<>();
		this.jdbc.sql(EXECUTIONS + """
				SELECT p.parameter_name, p.parameter_value
				FROM batch_job_execution_params p
				WHERE p.job_execution_id = (SELECT max(job_execution_id) FROM execution)""")
			.param(key(run))
			.query((row) -> {
				parameters.put(row.getString(1), row.getString(2));
			});
		return parameters;
	}

	private String key(UUID run) {
		return this.keys
			.generateKey(new JobParametersBuilder().addJobParameter("run", run, UUID.class, true).toJobParameters());
	}

	private static JobDetail.Step step(ResultSet row, int number) throws SQLException {
		String message = row.getString("exit_message");
		boolean failed = message != null && !message.isBlank() && "FAILED".equals(row.getString("status"));
		return new JobDetail.Step(row.getString("step_name"), row.getInt("number"), status(row),
				instant(row, "start_time"), instant(row, "end_time"), row.getLong("read_count"),
				row.getLong("write_count"), row.getLong("filter_count"), row.getLong("commit_count"),
				row.getLong("rollback_count"), failed ? message.strip().lines().findFirst().orElse(null) : null);
	}

	private static String status(ResultSet row) throws SQLException {
		return row.getString("status").toLowerCase(Locale.ROOT);
	}

	/** Spring Batch writes times without a zone, in that of the JVM. */
	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		LocalDateTime time = row.getObject(column, LocalDateTime.class);
		return (time != null) ? time.atZone(ZoneId.systemDefault()).toInstant() : null;
	}

}
