package productimporter.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Numbers, sizes, times and durations as pages show them. The same rules stand in
 * {@code ui/static/js/words.js}.
 */
public final class InWords {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);

	private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);

	private static final DateTimeFormatter DATE_AND_TIME = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm",
			Locale.ENGLISH);

	private InWords() {
	}

	/**
	 * A number with thousands separators.
	 */
	public static String count(long number) {
		return String.format(Locale.ENGLISH, "%,d", number);
	}

	/**
	 * A number and what it counts.
	 * @param one the word after the number 1; others get an s
	 */
	public static String count(long number, String one) {
		return count(number) + " " + one + ((number == 1) ? "" : "s");
	}

	/**
	 * The size of a file, in decimal units as file managers show it.
	 */
	public static String size(long bytes) {
		if (bytes < 1000) {
			return count(bytes, "byte");
		}
		double size = bytes;
		int unit = -1;
		while (size >= 999.95) {
			size /= 1000;
			unit++;
		}
		return String.format(Locale.ENGLISH, "%.1f %sB", size, "kMGTPE".charAt(unit));
	}

	/**
	 * A duration as minutes and seconds, with hours where there are any.
	 */
	public static String duration(Duration duration) {
		long seconds = Math.max(0, duration.toSeconds());
		return (seconds < 3600) ? String.format(Locale.ENGLISH, "%d:%02d", seconds / 60, seconds % 60)
				: String.format(Locale.ENGLISH, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
	}

	/**
	 * A guess of how long something takes.
	 */
	public static String about(long seconds) {
		if (seconds < 90) {
			return count(Math.max(1, seconds), "second");
		}
		return (seconds < 90 * 60) ? count((seconds + 59) / 60, "minute") : count((seconds + 3599) / 3600, "hour");
	}

	/**
	 * A moment in UTC with its date, without the words "UTC".
	 */
	public static String dateAndTime(Instant at) {
		return at.atZone(ZoneOffset.UTC).format(DATE_AND_TIME);
	}

	/**
	 * A moment in UTC, without the words "UTC".
	 * @param now decides how much of the date has to be said
	 */
	public static String moment(Instant at, Instant now) {
		ZonedDateTime when = at.atZone(ZoneOffset.UTC);
		LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
		if (when.toLocalDate().equals(today)) {
			return "Today " + when.format(TIME);
		}
		return when.format((when.getYear() == today.getYear()) ? DAY_AND_TIME : DATE_AND_TIME);
	}

}
