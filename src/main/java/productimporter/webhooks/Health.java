package productimporter.webhooks;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How a webhook's receiver does. Immutable.
 *
 * @param failuresInRow tries since the last success
 * @param failingSince the first of them
 * @param pausedUntil no call before, {@code null} for no pause
 * @param circuitOpened how often in a row the circuit opened; 0: it is closed
 * @param maxInFlight calls at once, 1 to 4
 * @param lastStatus of the last try, {@code null} when there was no answer
 * @param lastResponseTime of the last try, in milliseconds
 * @param lastError its class of error, {@code null} when it was none
 */
record Health(int failuresInRow, @Nullable Instant failingSince, @Nullable Instant pausedUntil, int circuitOpened,
		int maxInFlight, @Nullable Integer lastStatus, @Nullable Integer lastResponseTime, @Nullable String lastError,
		@Nullable Instant lastAttemptAt) {

	/** Calls at once to one receiver. */
	static final int MAX_IN_FLIGHT = 4;

	static final Health UNKNOWN = new Health(0, null, null, 0, MAX_IN_FLIGHT, null, null, null, null);

	boolean isPaused(Instant now) {
		return this.pausedUntil != null && this.pausedUntil.isAfter(now);
	}

	boolean isCircuitOpen() {
		return this.circuitOpened > 0;
	}

}
