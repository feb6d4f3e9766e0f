package productimporter.imports;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * A job with its history; the JSON of {@code GET /jobs/{task_id}}.
 *
 * @param attempts oldest first; one that was ended before its job began is not among them
 * @param steps in the order they began, of all attempts
 * @param parameters of the last attempt
 * @param filter which products a bulk delete takes, as JSON, {@code null} for an import
 */
record JobDetail(@JsonUnwrapped JobItem job, List<Attempt> attempts, List<Step> steps, Map<String, String> parameters,
		@JsonRawValue @Nullable String filter) {

	/**
	 * A run is completed a moment before its job knows it.
	 * @param status of an attempt or a step
	 * @param run the run's own
	 */
	static String settled(String status, RunStatus run) {
		return (run == RunStatus.COMPLETED && (status.equals("started") || status.equals("starting"))) ? "completed"
				: status;
	}

	/**
	 * One execution of the job.
	 *
	 * @param number from 1
	 * @param status started, completed, failed, stopped, …
	 */
	record Attempt(int number, @Nullable Instant startedAt, @Nullable Instant finishedAt, String status) {
	}

	/**
	 * One execution of a step.
	 *
	 * @param attempt the number of the attempt
	 * @param status like an attempt's
	 * @param failure why it failed, in a line, for who runs the server
	 */
	record Step(String name, int attempt, String status, @Nullable Instant startedAt, @Nullable Instant finishedAt,
			long read, long written, long filtered, long commits, long rollbacks, @Nullable String failure) {
	}

}
