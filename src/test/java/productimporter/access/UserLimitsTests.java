package productimporter.access;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

import productimporter.platform.RequestRefused;

import static org.assertj.core.api.Assertions.assertThat;

class UserLimitsTests {

	private final List<RequestRefused> refused = new ArrayList<>();

	private final LoginThrottleTests.MovableClock clock = new LoginThrottleTests.MovableClock();

	private final UserLimits limits = new UserLimits(settings(2), new Refusals(null, null) {

		@Override
		void answer(HttpServletRequest request, HttpServletResponse response, RequestRefused why) {
			UserLimitsTests.this.refused.add(why);
		}

	}, this.clock);

	@Test
	void changesHaveARateAndReadingHasNone() throws Exception {
		for (int i = 0; i < 20; i++) {
			assertThat(passes("POST", "192.0.2.1")).isTrue();
		}
		assertThat(passes("DELETE", "192.0.2.1")).isFalse();
		assertThat(this.refused.get(0).status().value()).isEqualTo(429);
		assertThat(this.refused.get(0).retryAfter()).isPositive();
		assertThat(passes("GET", "192.0.2.1")).isTrue();
		assertThat(passes("POST", "192.0.2.2")).isTrue();
		this.clock.move(Duration.ofSeconds(1));
		assertThat(passes("POST", "192.0.2.1")).isTrue();
		assertThat(passes("POST", "192.0.2.1")).isTrue();
		assertThat(passes("POST", "192.0.2.1")).isFalse();
	}

	private boolean passes(String method, String address) throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest(method, "/products");
		request.setRemoteAddr(address);
		MockFilterChain chain = new MockFilterChain();
		this.limits.doFilter(request, new MockHttpServletResponse(), chain);
		return chain.getRequest() != null;
	}

	private static AccessSettings settings(int writesPerSecond) {
		return new AccessSettings(List.of(), List.of(), 1, 1, 1, 1, writesPerSecond, DataSize.ofKilobytes(1),
				DataSize.ofKilobytes(1), Duration.ofDays(1), "roles", Map.of());
	}

}
