package productimporter.imports;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A run at its end, with all its counts.
 *
 * @param id called {@code task_id} outside
 * @param status completed, failed or stopped
 * @param dryRun whether it wrote no product
 * @param rowsTotal data records in the file, {@code null} when it was not counted
 * @param counts what became of the rows, in all attempts together
 * @param errorCode why it failed, for programs, else {@code null}
 * @param error why it failed, for people, else {@code null}
 * @param restartable whether it can go on
 * @param startedAt {@code null} when it was stopped while it waited
 * @param notifyAddress the mail address to tell, given with the file, or {@code null}
 */
public record EndedRun(UUID id, String filename, RunStatus status, boolean dryRun, @Nullable Long rowsTotal,
		RowCounts counts, @Nullable String errorCode, @Nullable String error, boolean restartable, int attempts,
		Instant queuedAt, @Nullable Instant startedAt, Instant finishedAt, @Nullable String notifyAddress) {
}
