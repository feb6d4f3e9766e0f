package productimporter.imports;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import productimporter.platform.InWords;

/**
 * A run as pages show it, in words.
 *
 * @param page the address of its page
 * @param name of the file, or what a bulk delete takes
 * @param size of the file, empty for a bulk delete
 * @param unit what it counts, in the plural *
 * @param code the status as in JSON
 * @param look icon and tone of the state
 * @param words the state
 * @param percent of the whole job, 0 to 100, whole
 * @param running whether it is in a phase
 * @param waiting whether it is in the queue
 * @param dryRun whether it writes no product
 * @param asking whether it waits for an answer
 * @param rowsTotal {@code null} until they are counted
 * @param counters the five counters of an import
 * @param trail the phases
 * @param left how long it may take yet, or {@code null}
 * @param took from its start to its end, or {@code null}
 * @param fileRemoved when the file's time was over, or {@code null} while it is there
 * @param parent the page of the run whose refused rows the file corrects, or {@code null}
 */
record RunView(UUID id, JobKind kind, String page, String name, String size, String unit, String code, Look look,
		String words, String message, int percent, boolean running, boolean waiting, boolean completed, boolean failed,
		boolean stopped, boolean dryRun, boolean asking, boolean restartable, long rejected, String rowsRead,
		@Nullable String rowsTotal, String rowsVerb, @Nullable String rowsPerSecond, @Nullable String left,
		@Nullable String took, @Nullable String average, List<Counter> counters, List<RunPhase> trail,
		@Nullable String error, int attempts, Moment queued, @Nullable Moment started, @Nullable Moment finished,
		@Nullable String sha256, @Nullable Moment fileRemoved, @Nullable String parent) {

	static RunView of(ImportStatus run, Instant now) {
		RunStatus status = run.status();
		boolean waiting = status == RunStatus.QUEUED || status == RunStatus.NEEDS_INPUT;
		Duration took = (run.startedAt() != null && run.finishedAt() != null)
				? Duration.between(run.startedAt(), run.finishedAt()) : null;
		boolean completed = status == RunStatus.COMPLETED;
		return new RunView(run.taskId(), run.kind(), run.page(), run.name(),
				(run.sizeBytes() != null) ? InWords.size(run.sizeBytes()) : "",
				(run.kind() == JobKind.IMPORT) ? "rows" : "products", status.code(), Look.of(run), words(run),
				run.message(), (int) run.percent(), !waiting && !status.ended(), waiting, completed,
				status == RunStatus.FAILED, status == RunStatus.STOPPED, run.dryRun(), status == RunStatus.NEEDS_INPUT,
				run.restartable(), run.rejected(), InWords.count(run.rowsRead()), inWords(run.rowsTotal()), verb(run),
				inWords(run.rowsPerSecond()), (run.etaSeconds() != null) ? InWords.about(run.etaSeconds()) : null,
				(took != null) ? InWords.duration(took) : null,
				(completed && took != null && run.attempts() == 1 && took.toMillis() > 0 && run.rowsRead() > 0)
						? InWords.count(run.rowsRead() * 1000 / took.toMillis()) : null,
				counters(run), RunPhase.trail(run), run.error(), run.attempts(), Moment.of(run.queuedAt(), now),
				Moment.orNull(run.startedAt(), now), Moment.orNull(run.finishedAt(), now), run.sha256(),
				Moment.orNull(run.fileRemovedAt(), now),
				(run.parentTaskId() != null) ? "/ui/uploads/" + run.parentTaskId() : null);
	}

	/** Whether it is an import, which has a file and rows. */
	public boolean isImport() {
		return this.kind == JobKind.IMPORT;
	}

	/** How many rows were refused; a dash where there can be none. */
	public String refused() {
		return (isImport() && this.started != null) ? InWords.count(this.rejected) : "–";
	}

	/** "Completed, 44 rows refused". */
	private static String words(ImportStatus run) {
		if (run.kind() == JobKind.BULK_DELETE && run.status() == RunStatus.COMPLETED) {
			return run.message();
		}
		if (run.status() == RunStatus.COMPLETED && run.dryRun()) {
			return "Dry run done";
		}
		if (run.status() == RunStatus.COMPLETED && run.rejected() > 0) {
			return "Completed, " + InWords.count(run.rejected(), "row") + " refused";
		}
		return run.status().words(run.dryRun());
	}

	private static String verb(ImportStatus run) {
		return (run.kind() == JobKind.BULK_DELETE) ? "deleted"
				: (run.rowsTotal() != null || run.status().ended()) ? "done" : "checked";
	}

	private static List<Counter> counters(ImportStatus run) {
		if (run.kind() == JobKind.BULK_DELETE) {
			return List.of();
		}
		if (run.dryRun()) {
			return List.of(new Counter("created", "Would create", InWords.count(run.created())),
					new Counter("updated", "Would update", InWords.count(run.updated())),
					new Counter("unchanged", "Unchanged", InWords.count(run.unchanged())),
					new Counter("superseded", "Superseded", InWords.count(run.superseded())),
					new Counter("rejected", "Would refuse", InWords.count(run.rejected())));
		}
		return List.of(new Counter("created", "Created", InWords.count(run.created())),
				new Counter("updated", "Updated", InWords.count(run.updated())),
				new Counter("unchanged", "Unchanged", InWords.count(run.unchanged())),
				new Counter("superseded", "Superseded", InWords.count(run.superseded())),
				new Counter("rejected", "Refused", InWords.count(run.rejected())));
	}

	private static @Nullable String inWords(@Nullable Long number) {
		return (number != null) ? InWords.count(number) : null;
	}

	/**
	 * A counter.
	 *
	 * @param name as in JSON
	 */
	record Counter(String name, String label, String value) {
	}

	/**
	 * A moment.
	 *
	 * @param words in UTC, without saying so
	 * @param iso for programs
	 */
	record Moment(String words, String iso) {

		static Moment of(Instant at, Instant now) {
			return new Moment(InWords.moment(at, now), at.toString());
		}

		static @Nullable Moment orNull(@Nullable Instant at, Instant now) {
			return (at != null) ? of(at, now) : null;
		}

	}

	/**
	 * How a state looks.
	 *
	 * @param icon its name in icons.svg
	 * @param tone ok, warn, bad, run or empty
	 */
	record Look(String icon, String tone) {

		static Look of(ImportStatus run) {
			return switch (run.status()) {
				case QUEUED, NEEDS_INPUT -> new Look("wait", "");
				case PARSING, VALIDATING, IMPORTING, DELETING, STOPPING -> new Look("spin", "run");
				case COMPLETED -> (run.rejected() > 0) ? new Look("warn", "warn") : new Look("ok", "ok");
				case FAILED -> new Look("bad", "bad");
				case STOPPED -> new Look("stopped", "");
			};
		}

	}

}
