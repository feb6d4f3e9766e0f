package productimporter.schedules;

import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

import productimporter.imports.BulkDeleteRuns;
import productimporter.imports.RunStatus;
import productimporter.platform.InWords;

/**
 * Says what became of a schedule's last time.
 */
@Component
class LastRun {

	private final BulkDeleteRuns runs;

	LastRun(BulkDeleteRuns runs) {
		this.runs = runs;
	}

	/** For programs; {@code null} before the first time. */
	ScheduleItem.@Nullable Last item(DeleteSchedule schedule) {
		DeleteSchedule.Last last = schedule.last();
		if (last == null) {
			return null;
		}
		UUID run = (last.result() == DeleteSchedule.Result.QUEUED) ? schedule.runId() : null;
		return new ScheduleItem.Last(last.at(), last.result().code(), words(schedule, last), last.count(), run,
				(run != null) ? "/jobs/" + run : null);
	}

	/** For people; {@code null} before the first time. */
	@Nullable Shown shown(DeleteSchedule schedule, String at) {
		DeleteSchedule.Last last = schedule.last();
		if (last == null) {
			return null;
		}
		RunStatus status = state(schedule).map(BulkDeleteRuns.State::status).orElse(null);
		String[] look = look(last.result(), status);
		return new Shown(words(schedule, last), hint(schedule, last), look[0], look[1], at,
				(last.result() == DeleteSchedule.Result.QUEUED || last.result() == DeleteSchedule.Result.SKIPPED)
						? schedule.runId() : null);
	}

	private Optional<BulkDeleteRuns.State> state(DeleteSchedule schedule) {
		return (schedule.runId() != null) ? this.runs.state(schedule.runId()) : Optional.empty();
	}

	private String words(DeleteSchedule schedule, DeleteSchedule.Last last) {
		return switch (last.result()) {
			case QUEUED -> state(schedule).map(BulkDeleteRuns.State::message).orElse("Its job is not kept any more");
			case SKIPPED -> "Skipped: the job before had not ended";
			case HELD -> "Held: " + InWords.count((last.count() != null) ? last.count() : 0) + " match";
			case MISSED -> "Missed: no server was there";
		};
	}

	private @Nullable String hint(DeleteSchedule schedule, DeleteSchedule.Last last) {
		Long limit = schedule.wanted().limit();
		if (last.result() == DeleteSchedule.Result.HELD && limit != null) {
			return "The limit is " + InWords.count(limit) + ". Nothing was deleted.";
		}
		return (last.result() == DeleteSchedule.Result.QUEUED)
				? state(schedule).map(BulkDeleteRuns.State::error).orElse(null) : null;
	}

	private static String[] look(DeleteSchedule.Result result, @Nullable RunStatus status) {
		if (result != DeleteSchedule.Result.QUEUED) {
			return new String[] { "warn", "warn" };
		}
		if (status == null) {
			return new String[] { "off", "" };
		}
		return switch (status) {
			case COMPLETED -> new String[] { "ok", "ok" };
			case FAILED -> new String[] { "bad", "bad" };
			case STOPPED -> new String[] { "stopped", "" };
			case QUEUED, NEEDS_INPUT -> new String[] { "wait", "" };
			default -> new String[] { "spin", "run" };
		};
	}

	/**
	 * As a page shows it.
	 *
	 * @param hint more of it, or {@code null}
	 * @param icon its name in icons.svg
	 * @param tone ok, warn, bad, run or empty
	 * @param at when it was planned for, in words
	 * @param job the job to look at, or {@code null}
	 */
	record Shown(String words, @Nullable String hint, String icon, String tone, String at, @Nullable UUID job) {
	}

}
