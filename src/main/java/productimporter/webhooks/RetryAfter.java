package productimporter.webhooks;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Retry-After}: seconds, or a date (RFC 9110, 10.2.3).
 */
final class RetryAfter {

	private RetryAfter() {
	}

	/**
	 * Read the header.
	 * @return {@code null} when there is none, or none that makes sense
	 */
	static @Nullable Duration parse(@Nullable String header, Instant now) {
		if (header == null) {
			return null;
		}
		String text = header.strip();
		if (text.matches("\\d{1,9}")) {
			return Duration.ofSeconds(Long.parseLong(text));
		}
		try {
			Duration until = Duration.between(now,
					ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
			return until.isNegative() ? null : until;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

}
