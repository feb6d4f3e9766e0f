package productimporter.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * How a call went.
 *
 * @param status of the answer, {@code null} when there was none
 * @param millis until the answer was there as a whole, or the call was given up
 * @param error class of what went wrong, one of the texts below, or {@code null} for a
 * success
 * @param body the first 2 KB of the answer, {@code null} when there was none
 * @param retryAfter what the receiver asked for, {@code null} for nothing
 */
record Outcome(Instant startedAt, @Nullable Integer status, int millis, @Nullable String error, @Nullable String body,
		@Nullable Duration retryAfter) {

	/** The answer's status is not 2xx. */
	static final String STATUS = "status";

	/** The answer leads elsewhere, which is not followed. */
	static final String REDIRECT = "redirect";

	static final String TIMEOUT = "timeout";

	static final String CONNECT_TIMEOUT = "connect_timeout";

	static final String REFUSED = "connection_refused";

	static final String NAME = "name_not_found";

	/** The name leads to an address that may not be called. */
	static final String ADDRESS = "address_not_allowed";

	static final String TLS = "tls";

	static final String BROKEN = "connection_broken";

	/** Too much for the receiver, or for what stands before it. */
	private static final Set<Integer> TOO_MUCH = Set.of(429, 502, 504);

	private static final int GONE = 410;

	boolean success() {
		return this.error == null;
	}

	boolean isTooMuch() {
		return this.status != null
				&& (TOO_MUCH.contains(this.status) || (this.status == 503 && this.retryAfter != null));
	}

	boolean isGone() {
		return this.status != null && this.status == GONE;
	}

	/** For people, such as {@code 503} or {@code No answer in 15 s}. */
	String words() {
		return words(this.status, this.error);
	}

	static String words(@Nullable Integer status, @Nullable String error) {
		if (error == null || error.equals(STATUS) || error.equals(REDIRECT)) {
			return (status != null) ? AnswerWords.of(status) : "No answer";
		}
		return switch (error) {
			case TIMEOUT -> "No whole answer in time";
			case CONNECT_TIMEOUT -> "No connection in time";
			case REFUSED -> "Connection refused";
			case NAME -> "Name not found";
			case ADDRESS -> "Address not allowed";
			case TLS -> "TLS failed";
			default -> "Connection broke";
		};
	}

}
