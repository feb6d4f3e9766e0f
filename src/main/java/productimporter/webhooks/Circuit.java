package productimporter.webhooks;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a try means for the next ones to the same receiver. After 5 failures in a row the
 * circuit opens: no call for 30 s, then one probe; when that fails, for twice as long, up
 * to 10 min. A receiver that asks for less (429, 502, 504, Retry-After) gets one call at
 * a time until it takes some, and none for a while.
 */
final class Circuit {

	static final int FAILURES = 5;

	static final Duration FIRST_PAUSE = Duration.ofSeconds(30);

	static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

	/** After a receiver said that it is too much. */
	static final Duration SLOW_DOWN = Duration.ofSeconds(5);

	/** So long without a success and the webhook is switched off. */
	static final Duration GIVE_UP = Duration.ofDays(5);

	private Circuit() {
	}

	static Health after(Health before, Outcome outcome, Instant now) {
		if (outcome.success()) {
			return new Health(0, null, null, 0, Math.min(Health.MAX_IN_FLIGHT, before.maxInFlight() * 2),
					outcome.status(), outcome.millis(), null, outcome.startedAt());
		}
		int failures = before.failuresInRow() + 1;
		int opened = before.circuitOpened();
		Instant pause = later(before.pausedUntil(), outcome.isTooMuch() ? now.plus(pauseAskedFor(outcome)) : null);
		// those that were in flight when it opened don't open it again
		if (failures == FAILURES || (failures > FAILURES && !before.isPaused(now))) {
			opened++;
			pause = later(pause, now.plus(pause(opened)));
		}
		return new Health(failures, (before.failingSince() != null) ? before.failingSince() : outcome.startedAt(),
				pause, opened, outcome.isTooMuch() ? 1 : before.maxInFlight(), outcome.status(), outcome.millis(),
				outcome.error(), outcome.startedAt());
	}

	/** Why the webhook is to be switched off, if it is. */
	static @Nullable String reasonToDisable(Health after, Outcome outcome, Instant now) {
		if (outcome.isGone()) {
			return "The receiver answered 410 Gone: it wants no more calls.";
		}
		Instant since = after.failingSince();
		return (since != null && !now.isBefore(since.plus(GIVE_UP)))
				? "No call has succeeded for " + GIVE_UP.toHours() + " hours." : null;
	}

	/** How long the circuit stays open the given time, from 1. */
	static Duration pause(int opened) {
		Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(opened - 1, 10));
		return (pause.compareTo(LONGEST_PAUSE) < 0) ? pause : LONGEST_PAUSE;
	}

	private static Duration pauseAskedFor(Outcome outcome) {
		Duration asked = outcome.retryAfter();
		if (asked == null || asked.compareTo(SLOW_DOWN) < 0) {
			return SLOW_DOWN;
		}
		// who asks for hours is asked again after the longest pause
		return (asked.compareTo(LONGEST_PAUSE) < 0) ? asked : LONGEST_PAUSE;
	}

	private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return one.isAfter(other) ? one : other;
	}

}
