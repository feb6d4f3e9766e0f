package productimporter.schedules;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When schedules come, and what is said of those that can't.
 */
class CronTimesTests {

	private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					# cron             | zone             | after                | next three, in UTC
					0 0 3 * * SUN      | UTC              | 2026-11-25T12:00:00Z | 2026-11-29T03:00:00Z 2026-12-06T03:00:00Z 2026-12-13T03:00:00Z
					0 0 3 * * *        | Europe/Berlin    | 2026-11-25T12:00:00Z | 2026-11-26T02:00:00Z 2026-11-27T02:00:00Z 2026-11-28T02:00:00Z
					0 30 1 * * *       | Asia/Kolkata     | 2026-11-25T12:00:00Z | 2026-11-25T20:00:00Z 2026-11-26T20:00:00Z 2026-11-27T20:00:00Z
					# a day that not every month has
					0 0 0 31 * *       | UTC              | 2026-11-25T12:00:00Z | 2026-12-31T00:00:00Z 2027-01-31T00:00:00Z 2027-03-31T00:00:00Z
					0 0 0 L 2 *        | UTC              | 2026-11-25T12:00:00Z | 2027-02-28T00:00:00Z 2028-02-29T00:00:00Z 2029-02-28T00:00:00Z
					@monthly           | UTC              | 2026-11-25T12:00:00Z | 2026-12-01T00:00:00Z 2027-01-01T00:00:00Z 2027-02-01T00:00:00Z
					# the clocks leave 02:30 out: it comes at 03:30
					0 30 2 * * *       | Europe/Berlin    | 2027-03-27T12:00:00Z | 2027-03-28T01:30:00Z 2027-03-29T00:30:00Z 2027-03-30T00:30:00Z
					# the clocks repeat 02:30: it comes once
					0 30 2 * * *       | Europe/Berlin    | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z 2026-10-27T01:30:00Z
					0 0 * * * *        | Europe/Berlin    | 2026-10-24T23:30:00Z | 2026-10-25T00:00:00Z 2026-10-25T02:00:00Z 2026-10-25T03:00:00Z
					0 30 * * * *       | Europe/Berlin    | 2027-03-28T00:00:00Z | 2027-03-28T00:30:00Z 2027-03-28T01:30:00Z 2027-03-28T02:30:00Z
					""")
	void aScheduleComesAtItsTimesInItsTimeZone(String cron, String zone, Instant after, String next) {
		assertThat(CronTimes.of(cron, zone).next(after, 3)).extracting(Instant::toString)
			.containsExactly(next.split(" "));
	}

	@Test
	void inTheRepeatedHourNoTimeComesBeforeTheLast() {
		Instant secondHalfPastTwo = Instant.parse("2026-10-25T01:30:00Z");
		assertThat(CronTimes.of("0 */15 * * * *", "Europe/Berlin").next(secondHalfPastTwo))
			.hasValue(Instant.parse("2026-10-25T02:00:00Z"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			0 0 25 * * *    | can't be read at “25”. The third field is the hour, 0 to 23.
			0 60 3 * * *    | can't be read at “60”. The second field is the minute, 0 to 59.
			* 0 3 * * *     | can't be read at “*”. The first field is the second, one number from 0 to 59.
			0/5 0 3 * * *   | A schedule runs once a minute at most.
			60 0 3 * * *    | The first field is the second
			0 0 3 32 * *    | can't be read at “32”. The fourth field is the day of the month
			0 0 3 * 13 *    | can't be read at “13”. The fifth field is the month
			0 0 3 * * SUNDAY | can't be read at “SUNDAY”. The sixth field is the weekday
			0 3 * * *       | has 5 fields, not six
			0               | has 1 field, not six
			0 0 0 30 2 *    | never comes
			@nightly        | is no such word
			0 0 <b> * * *   | can't be read at “<b>”. The third field is the hour
			""")
	void whatIsWrongIsSaidByField(String cron, String said) {
		assertThat(CronProblem.of(cron, NOW)).contains(said);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0 0 3 * * SUN", "0 0 3 * * 0", "0 0 3 * * 7", "30 */5 8-18 1,15 JAN-JUN MON-FRI",
			"0 0 0 L * *", "0 0 0 LW * *", "0 0 0 ? * MON#2", "@daily" })
	void whatIsRightIsTaken(String cron) {
		assertThat(CronProblem.of(cron, NOW)).isNull();
	}

	@Test
	void timeZonesAreKnownByTheirNames() {
		assertThat(CronProblem.isZone("Europe/Berlin")).isTrue();
		assertThat(CronProblem.isZone("UTC")).isTrue();
		assertThat(CronProblem.isZone("Europe/Atlantis")).isFalse();
		assertThat(CronProblem.isZone("+02:00")).isFalse();
		assertThat(CronProblem.isZone("")).isFalse();
	}

}
