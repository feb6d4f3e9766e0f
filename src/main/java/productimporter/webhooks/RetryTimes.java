package productimporter.webhooks;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * When a delivery that failed is tried again: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h,
 * 20 h, 24 h later, each ±20 %, and never before a Retry-After of up to 24 h.
 */
final class RetryTimes {

	private static final List<Duration> DELAYS = List.of(Duration.ofSeconds(5), Duration.ofMinutes(5),
			Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofHours(5), Duration.ofHours(10),
			Duration.ofHours(14), Duration.ofHours(20), Duration.ofHours(24));

	/** The first try and its retries. */
	static final int MAX_TRIES = DELAYS.size() + 1;

	static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(24);

	private RetryTimes() {
	}

	/**
	 * How long to wait.
	 * @param tries failed tries so far, 1 or more
	 * @param retryAfter what the receiver asked for
	 * @return empty when it is given up
	 */
	static Optional<Duration> delay(int tries, @Nullable Duration retryAfter, RandomGenerator random) {
		if (tries >= MAX_TRIES) {
			return Optional.empty();
		}
		Duration delay = Duration
			.ofMillis(Math.round(DELAYS.get(tries - 1).toMillis() * (0.8 + 0.4 * random.nextDouble())));
		if (retryAfter != null) {
			Duration asked = (retryAfter.compareTo(LONGEST_RETRY_AFTER) < 0) ? retryAfter : LONGEST_RETRY_AFTER;
			return Optional.of((asked.compareTo(delay) > 0) ? asked : delay);
		}
		return Optional.of(delay);
	}

}
