package productimporter.schedules;

import java.time.Instant;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.support.CronExpression;

/**
 * Says what is wrong with a cron expression or a time zone, then what is right.
 */
final class CronProblem {

	private static final String EXAMPLE = " For 3 o'clock every day: 0 0 3 * * *.";

	private static final String[] FIELDS = { "first field is the second, one number from 0 to 59",
			"second field is the minute, 0 to 59", "third field is the hour, 0 to 23",
			"fourth field is the day of the month, 1 to 31, or L for the last",
			"fifth field is the month, 1 to 12 or JAN to DEC",
			"sixth field is the weekday, 0 to 7 (0 and 7 are Sunday) or MON to SUN" };

	private CronProblem() {
	}

	/**
	 * What is wrong with an expression.
	 * @param cron as someone wrote it
	 * @param now the present moment
	 * @return {@code null} when nothing is
	 */
	static @Nullable String of(String cron, Instant now) {
		if (cron.startsWith("@")) {
			return CronExpression.isValidExpression(cron) ? null
					: "is no such word. Known are @hourly, @daily, @weekly, @monthly and @yearly.";
		}
		String[] fields = cron.split("\\s+", -1);
		if (fields.length != FIELDS.length) {
			return "has " + fields.length + ((fields.length == 1) ? " field" : " fields")
					+ ", not six: second, minute, hour, day of the month, month, weekday." + EXAMPLE;
		}
		for (int i = 0; i < fields.length; i++) {
			if (!isValid(fields[i], i)) {
				return "can't be read at “" + fields[i] + "”. The " + FIELDS[i] + "."
						+ ((i == 0) ? " A schedule runs once a minute at most." : "");
			}
		}
		if (!CronExpression.isValidExpression(cron)) {
			return "can't be read." + EXAMPLE;
		}
		return CronTimes.of(cron, "UTC").next(now).isEmpty() ? "never comes: there is no such day." : null;
	}

	/** Whether one field is right, the others being so. */
	private static boolean isValid(String field, int place) {
		if (place == 0) {
			return field.matches("\\d{1,2}") && Integer.parseInt(field) < 60;
		}
		String[] fields = { "0", "0", "0", "*", "*", "*" };
		fields[place] = field;
		return CronExpression.isValidExpression(String.join(" ", fields));
	}

	/** Whether it is the name of a time zone, such as Europe/Berlin. */
	static boolean isZone(String zone) {
		return ZoneId.getAvailableZoneIds().contains(zone);
	}

}
