package productimporter.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a delivery is tried again, and when a receiver is left alone.
 */
class RetryTests {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	private static final List<Duration> DELAYS = List.of(Duration.ofSeconds(5), Duration.ofMinutes(5),
			Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofHours(5), Duration.ofHours(10),
			Duration.ofHours(14), Duration.ofHours(20), Duration.ofHours(24));

	@Test
	void retriesComeLaterAndLaterAndNeverAllAtOnce() {
		Random random = new Random(1);
		for (int tries = 1; tries <= 9; tries++) {
			Duration delay = DELAYS.get(tries - 1);
			int number = tries;
			List<Duration> drawn = IntStream.range(0, 200)
				.mapToObj((i) -> RetryTimes.delay(number, null, random).orElseThrow())
				.toList();
			assertThat(drawn).allMatch(
					(one) -> one.toMillis() >= delay.toMillis() * 0.8 && one.toMillis() <= delay.toMillis() * 1.2);
			assertThat(drawn.stream().distinct().count()).isGreaterThan(100);
		}
		assertThat(RetryTimes.delay(10, null, random)).isEmpty();
	}

	@Test
	void retryAfterIsNeverRunUnderAndNeverLongerThanADay() {
		Random random = new Random(1);
		assertThat(RetryTimes.delay(1, Duration.ofMinutes(7), random)).hasValue(Duration.ofMinutes(7));
		assertThat(RetryTimes.delay(1, Duration.ofDays(300), random)).hasValue(Duration.ofDays(1));
		assertThat(RetryTimes.delay(4, Duration.ofSeconds(1), random).orElseThrow()).isGreaterThan(Duration.ofHours(1));
		assertThat(RetryAfter.parse(" 120 ", NOW)).isEqualTo(Duration.ofMinutes(2));
		assertThat(RetryAfter.parse("Sun, 01 Mar 2026 12:01:00 GMT", NOW)).isEqualTo(Duration.ofMinutes(1));
		for (String useless : List.of("Sun, 01 Mar 2026 11:00:00 GMT", "soon", "-5", "99999999999999", "")) {
			assertThat(RetryAfter.parse(useless, NOW)).as(useless).isNull();
		}
	}

	@Test
	void theCircuitOpensAfterFiveFailuresInARowForTwiceAsLongEachTime() {
		Health health = Health.UNKNOWN;
		for (int i = 0; i < 4; i++) {
			health = Circuit.after(health, failure(500), NOW);
			assertThat(health.isPaused(NOW)).isFalse();
		}
		List<Duration> pauses = List.of(Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(2),
				Duration.ofMinutes(4), Duration.ofMinutes(8), Duration.ofMinutes(10), Duration.ofMinutes(10));
		Instant now = NOW;
		for (Duration pause : pauses) {
			health = Circuit.after(health, failure(500), now);
			assertThat(health.pausedUntil()).isEqualTo(now.plus(pause));
			// another one that was in flight already
			assertThat(Circuit.after(health, failure(500), now).pausedUntil()).isEqualTo(now.plus(pause));
			now = now.plus(pause);
			assertThat(health.isPaused(now)).isFalse();
			assertThat(health.isCircuitOpen()).isTrue();
		}
		Health recovered = Circuit.after(health, success(), now);
		assertThat(recovered.isCircuitOpen()).isFalse();
		assertThat(recovered.failuresInRow()).isZero();
		assertThat(Circuit.after(recovered, failure(500), now).isPaused(now)).isFalse();
	}

	@Test
	void whoSaysTooMuchGetsOneCallAtATimeAndAPause() {
		for (int status : List.of(429, 502, 504)) {
			Health slow = Circuit.after(Health.UNKNOWN, failure(status), NOW);
			assertThat(slow.maxInFlight()).isOne();
			assertThat(slow.pausedUntil()).isEqualTo(NOW.plusSeconds(5));
			Health better = Circuit.after(slow, success(), NOW.plusSeconds(6));
			assertThat(better.maxInFlight()).isEqualTo(2);
			assertThat(better.isPaused(NOW)).isFalse();
			assertThat(Circuit.after(better, success(), NOW).maxInFlight()).isEqualTo(4);
		}
		Outcome asked = new Outcome(NOW, 503, 10, Outcome.STATUS, "", Duration.ofMinutes(3));
		assertThat(Circuit.after(Health.UNKNOWN, asked, NOW).pausedUntil()).isEqualTo(NOW.plus(Duration.ofMinutes(3)));
		Outcome forHours = new Outcome(NOW, 429, 10, Outcome.STATUS, "", Duration.ofHours(3));
		assertThat(Circuit.after(Health.UNKNOWN, forHours, NOW).pausedUntil())
			.isEqualTo(NOW.plus(Duration.ofMinutes(10)));
	}

	@Test
	void goneAndFiveDaysWithoutASuccessSwitchOff() {
		assertThat(Circuit.reasonToDisable(Circuit.after(Health.UNKNOWN, failure(410), NOW), failure(410), NOW))
			.contains("410");
		Health failing = Circuit.after(Health.UNKNOWN, failure(500), NOW);
		Instant almost = NOW.plus(Duration.ofHours(120)).minusSeconds(1);
		assertThat(Circuit.reasonToDisable(failing, failure(500), almost)).isNull();
		assertThat(Circuit.reasonToDisable(failing, failure(500), almost.plusSeconds(1))).contains("120 hours");
		Health succeeded = Circuit.after(failing, success(), almost);
		Outcome again = new Outcome(almost, 500, 10, Outcome.STATUS, "", null);
		assertThat(Circuit.reasonToDisable(Circuit.after(succeeded, again, almost), again, almost.plusSeconds(1)))
			.isNull();
	}

	private static Outcome failure(int status) {
		return new Outcome(NOW, status, 10, Outcome.STATUS, "", null);
	}

	private static Outcome success() {
		return new Outcome(NOW, 200, 10, null, "", null);
	}

}
