package productimporter.schedules;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A schedule; the JSON of {@code GET /schedules}.
 *
 * @param limit it deletes nothing if more products match, {@code null} for no limit
 * @param nextRuns its next three times, none while it is off
 * @param last what became of its last time, {@code null} before the first
 */
record ScheduleItem(UUID id, String name, String cron, String timeZone, boolean enabled, ScheduleBody.Filter filter,
		@Nullable Long limit, List<Instant> nextRuns, @Nullable Last last) {

	/**
	 * What became of a time that had come.
	 *
	 * @param at when it was planned for
	 * @param result queued, skipped, held or missed
	 * @param message the same for people; of a queued one how its job stands
	 * @param count how many products matched then, where that decided
	 * @param taskId the job, {@code null} when none was started
	 * @param statusUrl of the job
	 */
	record Last(Instant at, String result, String message, @Nullable Long count, @Nullable UUID taskId,
			@Nullable String statusUrl) {
	}

}
