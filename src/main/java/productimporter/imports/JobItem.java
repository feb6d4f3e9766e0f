package productimporter.imports;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A job in the list of all jobs; the JSON of {@code GET /jobs} and {@code /topic/jobs}.
 * The members are those of {@link ImportStatus}.
 *
 * @param attempt how many times it was begun
 */
record JobItem(UUID taskId, JobKind kind, RunStatus status, double percent, String message, String filename,
		@Nullable Long rowsTotal, long rowsRead, long created, long updated, long unchanged, long superseded,
		long rejected, @Nullable Long rowsPerSecond, @Nullable Long etaSeconds, boolean restartable,
		@Nullable String error, @Nullable String errorCode, int attempt, Instant queuedAt, @Nullable Instant startedAt,
		@Nullable Instant finishedAt) {

	static JobItem of(ImportStatus run) {
		return new JobItem(run.taskId(), JobKind.IMPORT, run.status(), run.percent(), run.message(), run.filename(),
				run.rowsTotal(), run.rowsRead(), run.created(), run.updated(), run.unchanged(), run.superseded(),
				run.rejected(), run.rowsPerSecond(), run.etaSeconds(), run.restartable(), run.error(), run.errorCode(),
				run.attempts(), run.queuedAt(), run.startedAt(), run.finishedAt());
	}

}
