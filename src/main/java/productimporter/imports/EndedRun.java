package productimporter.imports;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A run at its end, with all its counts.
 *
 * @param kind import or bulk delete
 * @param name of an import's file; of a bulk delete, what it takes in words
 * @param id called {@code task_id} outside
 * @param status completed, failed or stopped
 * @param rowsTotal data records in the file, or products that a bulk delete found;
 * {@code null} when they were not counted
 * @param counts what became of the rows, in all attempts together
 * @param deleted products that a bulk delete has deleted, in all attempts together
 * @param parameters which products a bulk delete takes, in JSON; {@code null} for an
 * import
 * @param errorCode why it failed, for programs, else {@code null}
 * @param error why it failed, for people, else {@code null}
 * @param restartable whether it can go on
 * @param startedAt {@code null} when it was stopped while it waited
 * @param notifyAddress the mail address to tell, given with the file, or {@code null}
 */
public record EndedRun(JobKind kind, UUID id, String name, RunStatus status, @Nullable Long rowsTotal, RowCounts counts,
		long deleted, @Nullable String parameters, @Nullable String errorCode, @Nullable String error,
		boolean restartable, int attempts, Instant queuedAt, @Nullable Instant startedAt, Instant finishedAt,
		@Nullable String notifyAddress) {
}
