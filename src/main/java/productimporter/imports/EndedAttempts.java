package productimporter.imports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Closes the attempts that are still open in the history of a run that has ended: their
 * node died, or lost its connection, between the run's end and the job's last update. A
 * lease after the end nobody else will do it.
 */
@Component
class EndedAttempts {

	private static final Logger log = LoggerFactory.getLogger(EndedAttempts.class);

	private final JdbcClient jdbc;

	private final JobRepository jobRepository;

	private final TransactionTemplate transaction;

	private final ImportSettings settings;

	private final Clock clock;

	EndedAttempts(JdbcClient jdbc, JobRepository jobRepository, TransactionTemplate transaction,
			ImportSettings settings, Clock clock) {
		this.jdbc = jdbc;
		this.jobRepository = jobRepository;
		this.transaction = transaction;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Never throws: the history must not hold up the queue.
	 */
	void settle() {
		try {
			for (Attempt attempt : open()) {
				this.transaction.executeWithoutResult((status) -> close(attempt));
			}
		}
		catch (RuntimeException ex) {
			log.warn("The attempts of runs that have ended could not be closed; it is tried again", ex);
		}
	}

	private List<Attempt> open() {
		return this.jdbc.sql("""
				SELECT e.job_execution_id, r.status = 'completed', r.finished_at
				FROM batch_job_execution e
				JOIN batch_job_execution_params p
				    ON p.job_execution_id = e.job_execution_id AND p.parameter_name = 'run'
				JOIN import_run r ON r.id = p.parameter_value::uuid
				WHERE e.status IN ('STARTING', 'STARTED', 'STOPPING', 'UNKNOWN')
				AND r.status IN ('completed', 'failed', 'stopped') AND r.finished_at < ?""")
			.param(ImportRunTable.utc(this.clock.instant().minus(this.settings.lease())))
			.query(EndedAttempts::attempt)
			.list();
	}

	private void close(Attempt attempt) {
		JobExecution execution = this.jobRepository.getJobExecution(attempt.id());
		if (execution == null) {
			return;
		}
		// only the last attempt can have completed the run, and only it can be open then
		BatchStatus status = attempt.completed() ? BatchStatus.COMPLETED : BatchStatus.FAILED;
		ExitStatus exit = (attempt.completed() ? ExitStatus.COMPLETED : ExitStatus.FAILED)
			.addExitDescription("Its node died after the end");
		LocalDateTime end = LocalDateTime.ofInstant(attempt.ended(), ZoneId.systemDefault());
		for (StepExecution step : execution.getStepExecutions()) {
			if (JobLaunch.isOpen(step.getStatus())) {
				step.setStatus(status);
				step.setExitStatus(exit);
				step.setEndTime(end);
				this.jobRepository.update(step);
			}
		}
		execution.setStatus(status);
		execution.setExitStatus(exit);
		execution.setEndTime(end);
		this.jobRepository.update(execution);
		log.info("Closed attempt {} of a run that has ended", attempt.id());
	}

	private static Attempt attempt(ResultSet row, int number) throws SQLException {
		return new Attempt(row.getLong(1), row.getBoolean(2), row.getObject(3, OffsetDateTime.class).toInstant());
	}

	private record Attempt(long id, boolean completed, Instant ended) {
	}

}
