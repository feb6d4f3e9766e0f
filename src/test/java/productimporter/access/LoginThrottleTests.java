package productimporter.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class LoginThrottleTests {

	private final MovableClock clock = new MovableClock();

	private final LoginThrottle throttle = new LoginThrottle(this.clock);

	@Test
	void whoGuessesWaits() {
		guess("ana", "192.0.2.1", LoginThrottle.FOR_NAME);
		assertThatExceptionOfType(TooManyLogins.class).isThrownBy(() -> this.throttle.begin("ana", "192.0.2.1", false))
			.satisfies((ex) -> assertThat(ex.retryAfter()).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3)));
		this.clock.move(Duration.ofMinutes(3));
		assertThatNoException().isThrownBy(() -> this.throttle.begin("ana", "192.0.2.1", false));
		assertThatExceptionOfType(TooManyLogins.class).isThrownBy(() -> this.throttle.begin("ana", "192.0.2.1", false));
	}

	@Test
	void theOwnerElsewhereNeverWaitsForThat() {
		for (int i = 0; i < 200; i++) {
			guess("ana", "198.51.100." + i, LoginThrottle.FOR_NAME);
		}
		assertThatNoException().isThrownBy(() -> this.throttle.begin("ana", "192.0.2.1", false));
	}

	@Test
	void theOwnerBehindTheSameAddressComesInFromAKnownBrowser() {
		for (int i = 0; i < LoginThrottle.FOR_ADDRESS; i++) {
			guess("name" + i, "192.0.2.1", 1);
		}
		assertThatExceptionOfType(TooManyLogins.class).isThrownBy(() -> this.throttle.begin("ana", "192.0.2.1", false));
		assertThatNoException().isThrownBy(() -> this.throttle.begin("ana", "192.0.2.1", true));
	}

	@Test
	void aStolenBrowserGuessesNoQuicker() {
		for (int i = 0; i < LoginThrottle.FOR_NAME; i++) {
			this.throttle.begin("ana", "192.0.2." + i, true);
		}
		assertThatExceptionOfType(TooManyLogins.class).isThrownBy(() -> this.throttle.begin("ana", "192.0.2.99", true));
	}

	@Test
	void rightPasswordsCountForNothing() {
		for (int i = 0; i < 1000; i++) {
			this.throttle.succeeded(this.throttle.begin("ana", "192.0.2.1", false));
		}
	}

	@Test
	void aNetworkOfVersionSixIsOneAddress() {
		for (int i = 0; i < LoginThrottle.FOR_NAME; i++) {
			this.throttle.begin("ana", "2001:db8:1:2:0:0:0:" + i, false);
		}
		assertThatExceptionOfType(TooManyLogins.class)
			.isThrownBy(() -> this.throttle.begin("ana", "2001:db8:1:2:0:0:0:ff", false));
		assertThatNoException().isThrownBy(() -> this.throttle.begin("ana", "2001:db8:1:3:0:0:0:1", false));
	}

	private void guess(String name, String address, int times) {
		for (int i = 0; i < times; i++) {
			this.throttle.begin(name, address, false);
		}
	}

	/** Moves when it is told to. */
	static final class MovableClock extends Clock {

		private Instant now = Instant.parse("2026-03-01T10:00:00Z");

		void move(Duration duration) {
			this.now = this.now.plus(duration);
		}

		@Override
		public Instant instant() {
			return this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
