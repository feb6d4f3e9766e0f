package productimporter.imports;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A job in the list of all jobs; the JSON of {@code GET /jobs} and {@code /topic/jobs}.
 * The members are those of {@link ImportStatus}. Of a bulk delete {@code rows_total} is
 * how many products matched when it began.
 *
 * @param filename of an import, else {@code null}
 * @param title what a bulk delete takes, in words, else {@code null}
 * @param dryRun whether an import writes no product
 * @param deleted products that a bulk delete has deleted so far
 * @param attempt how many times it was begun
 */
record JobItem(UUID taskId, JobKind kind, RunStatus status, double percent, String message, @Nullable String filename,
		@Nullable String title, boolean dryRun, @Nullable Long rowsTotal, long rowsRead, long created, long updated,
		long unchanged, long superseded, long rejected, long deleted, @Nullable Long rowsPerSecond,
		@Nullable Long etaSeconds, boolean restartable, @Nullable String error, @Nullable String errorCode, int attempt,
		Instant queuedAt, @Nullable Instant startedAt, @Nullable Instant finishedAt) {

	static JobItem of(ImportStatus run) {
		return new JobItem(run.taskId(), run.kind(), run.status(), run.percent(), run.message(), run.filename(),
				run.title(), run.dryRun(), run.rowsTotal(), run.rowsRead(), run.created(), run.updated(),
				run.unchanged(), run.superseded(), run.rejected(),
				(run.kind() == JobKind.BULK_DELETE) ? run.rowsRead() : 0, run.rowsPerSecond(), run.etaSeconds(),
				run.restartable(), run.error(), run.errorCode(), run.attempts(), run.queuedAt(), run.startedAt(),
				run.finishedAt());
	}

}
