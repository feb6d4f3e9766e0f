package productimporter.access;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;

/**
 * A token bucket for each key, of those seen lately. Counted on this node alone.
 */
final class Buckets {

	/** Some 200 bytes each. */
	private static final int MOST = 20_000;

	private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
			return size() > MOST;
		}

	};

	private final long capacity;

	private final Duration refill;

	private final TimeMeter time;

	/**
	 * Make room for buckets.
	 * @param capacity how many at once
	 * @param refill how long an empty bucket takes to be full again
	 */
	Buckets(long capacity, Duration refill, Clock clock) {
		this.capacity = capacity;
		this.refill = refill;
		this.time = new ClockTime(clock);
	}

	/**
	 * Takes one.
	 * @return zero when there was one, else how long until there is
	 */
	Duration take(String key) {
		ConsumptionProbe probe = bucket(key).tryConsumeAndReturnRemaining(1);
		return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
	}

	void giveBack(String key) {
		bucket(key).addTokens(1);
	}

	/** How many may still be taken. */
	long left(String key) {
		return bucket(key).getAvailableTokens();
	}

	private Bucket bucket(String key) {
		synchronized (this.buckets) {
			return this.buckets.computeIfAbsent(key,
					(none) -> Bucket.builder()
						.withCustomTimePrecision(this.time)
						.addLimit((limit) -> limit.capacity(this.capacity).refillGreedy(this.capacity, this.refill))
						.build());
		}
	}

	/** Time from the application's clock. */
	private record ClockTime(Clock clock) implements TimeMeter {

		@Override
		public long currentTimeNanos() {
			return this.clock.millis() * 1_000_000;
		}

		@Override
		public boolean isWallClockBased() {
			return true;
		}

	}

}
