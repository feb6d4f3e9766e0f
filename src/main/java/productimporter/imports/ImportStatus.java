package productimporter.imports;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * What people and programs see of a run; of an import the JSON of {@code GET
 * /upload/status/{task_id}} and of its history.
 *
 * @param filename of an import's file, {@code null} for a bulk delete, as are its size
 * and hash
 * @param title what a bulk delete takes, {@code null} for an import
 * @param percent of the whole job, 0 to 100, never falls
 * @param rowsTotal data records in the file, or products that a bulk delete found,
 * {@code null} until they are counted
 * @param rowsRead rows accounted for by the five counters; during validation, rows
 * checked so far
 * @param rowsPerSecond of the last seconds, {@code null} when not running
 * @param etaSeconds about how long until it ends, {@code null} when not known
 * @param error why it failed, for people, else {@code null}
 * @param errorCode why it failed, or what it asks, for programs, else {@code null}
 * @param fileRemovedAt when the file was removed from the store because its time was
 * over, {@code null} while it is there
 * @param parentTaskId the run whose refused rows the file corrects, {@code null} for any
 * other file
 */
record ImportStatus(UUID taskId, @JsonIgnore JobKind kind, @Nullable String filename,
		@JsonIgnore @Nullable String title, @Nullable Long sizeBytes, @Nullable String sha256, RunStatus status,
		String message, double percent, @Nullable Long rowsTotal, long rowsRead, long created, long updated,
		long unchanged, long superseded, long rejected, @Nullable Long rowsPerSecond, @Nullable Long etaSeconds,
		boolean dryRun, @Nullable String error, @Nullable String errorCode, boolean restartable, int attempts,
		Instant queuedAt, @Nullable Instant startedAt, @Nullable Instant finishedAt, @Nullable Instant fileRemovedAt,
		@Nullable UUID parentTaskId) {

	/** What people know the run by: its file's name, or what it deletes. */
	String name() {
		return (this.filename != null) ? this.filename : (this.title != null) ? this.title : "";
	}

	/** The address of its page. */
	String page() {
		return ((this.kind == JobKind.IMPORT) ? "/ui/uploads/" : "/ui/jobs/") + this.taskId;
	}

}
