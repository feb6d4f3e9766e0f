package productimporter.imports;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.core.NestedExceptionUtils;

import productimporter.platform.DiskFull;
import productimporter.uploads.UnreadableFile;
import productimporter.uploads.UploadAltered;
import productimporter.uploads.UploadVanished;

/**
 * Why an attempt failed, from the exception that the job ended with.
 *
 * @param code for programs, in snake_case
 * @param message for a catalogue manager: what happened, what it means for the data, what
 * to do
 * @param restartable whether the run can go on once the cause is gone
 * @param passing whether trying again by itself may mend it
 * @param leaseLost whether another node has the run now
 * @param cause the exception, for the log
 */
record RunFailure(String code, String message, boolean restartable, boolean passing, boolean leaseLost,
		@Nullable Throwable cause) {

	private static final String DEADLOCK = "40P01";

	static RunFailure interrupted(JobKind kind) {
		return new RunFailure("interrupted", kind.subject() + " was interrupted." + goesOn(kind), true, false, false,
				null);
	}

	static RunFailure of(JobKind kind, List<Throwable> exceptions) {
		RunFailure last = new RunFailure("internal", "Something went wrong." + goesOn(kind), true, true, false, null);
		for (Throwable exception : exceptions) {
			RunFailure failure = of(kind, exception);
			if (!failure.passing()) {
				return failure;
			}
			// the step around the ranges only says that one of them failed
			last = (last.deadlock() || exception instanceof JobExecutionException) ? last : failure;
		}
		return last;
	}

	static RunFailure of(JobKind kind, Throwable exception) {
		for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
			if (cause instanceof IOException file && DiskFull.isCauseOf(file)) {
				return new RunFailure("disk_full", "The disk with the work files (DATA_DIR) is full. " + kind.saved()
						+ " Have space freed there, then let it go on.", true, false, false, cause);
			}
			if (cause instanceof SQLException statement && DiskFull.isCauseOf(statement)) {
				return new RunFailure("database_disk_full", "The database server's disk is full. " + kind.saved()
						+ " Have space freed there, then let it go on.", true, false, false, cause);
			}
			if (cause instanceof InterruptedException || cause instanceof ClosedByInterruptException) {
				return interrupted(kind);
			}
			if (cause instanceof LeaseLost) {
				return new RunFailure("lease_lost", "Another node has taken the " + kind.words() + " over.", false,
						false, true, cause);
			}
			if (cause instanceof ImportFailed failed) {
				return new RunFailure(failed.code(), failed.getMessage(), failed.restartable(), false, false, cause);
			}
			if (cause instanceof UnreadableFile unreadable) {
				return new RunFailure(unreadable.code(), unreadable.getMessage(), false, false, false, cause);
			}
			if (cause instanceof UploadAltered || cause instanceof UploadVanished) {
				return new RunFailure((cause instanceof UploadAltered) ? "upload_altered" : "upload_vanished",
						cause.getMessage() + " " + kind.saved(), true, false, false, cause);
			}
			if (cause instanceof NoSuchFileException) {
				return new RunFailure("upload_vanished",
						"The uploaded file is not in the upload store any more. " + kind.saved()
								+ " Bring the file back, then let the import go on, or upload it again.",
						true, false, false, cause);
			}
		}
		return new RunFailure("internal", "Something went wrong: " + inWords(exception) + "." + goesOn(kind), true,
				true, false, exception);
	}

	/**
	 * Whether PostgreSQL chose this attempt to end a deadlock: then another transaction
	 * got further instead.
	 */
	boolean deadlock() {
		for (Throwable each = this.cause; each != null; each = each.getCause()) {
			if (each instanceof SQLException statement && DEADLOCK.equals(statement.getSQLState())) {
				return true;
			}
		}
		return false;
	}

	static RunFailure gaveUp(JobKind kind, int attempts, @Nullable RunFailure last) {
		Throwable cause = (last != null) ? last.cause() : null;
		return new RunFailure("gave_up",
				kind.subject() + " was tried " + attempts + " times in a row without getting further"
						+ ((cause != null) ? " (" + inWords(cause) + ")" : "") + ". " + kind.saved()
						+ " When the cause is mended, it can go on from " + kind.mark() + ".",
				true, false, false, cause);
	}

	/** What the database said, without the row that it adds; of others their kind. */
	private static String inWords(Throwable exception) {
		Throwable root = NestedExceptionUtils.getMostSpecificCause(exception);
		String said = (root instanceof SQLException) ? root.getMessage() : null;
		return (said != null) ? said.lines().findFirst().orElse("") : root.getClass().getSimpleName();
	}

	private static String goesOn(JobKind kind) {
		return " " + kind.saved() + " It can go on from " + kind.mark() + ".";
	}

}
