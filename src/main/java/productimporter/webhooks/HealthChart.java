package productimporter.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import productimporter.platform.InWords;

/**
 * The calls of the last 24 hours as bars, one an hour: what succeeded below, what failed
 * above it.
 *
 * @param bars the oldest hour first; an hour without calls has one of no height
 * @param words the same for those who don't see it
 */
record HealthChart(List<Bar> bars, String words) {

	static final int HOURS = 24;

	/** Height of the drawing; each bar is 3 wide, of 4. */
	private static final int HEIGHT = 24;

	/** What a call at all is at least. */
	private static final double LEAST = 2;

	static Instant since(Instant now) {
		return now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(HOURS - 1));
	}

	static HealthChart of(List<DeliveryLog.Hour> hours, Instant now) {
		Map<Instant, DeliveryLog.Hour> byHour = hours.stream()
			.collect(Collectors.toMap(DeliveryLog.Hour::hour, Function.identity()));
		int most = hours.stream().mapToInt((hour) -> hour.succeeded() + hour.failed()).max().orElse(1);
		long succeeded = hours.stream().mapToLong(DeliveryLog.Hour::succeeded).sum();
		long failed = hours.stream().mapToLong(DeliveryLog.Hour::failed).sum();
		List<Bar> bars = new ArrayList<>();
		for (int i = 0; i < HOURS; i++) {
			DeliveryLog.Hour hour = byHour.get(since(now).plus(Duration.ofHours(i)));
			double ok = (hour != null) ? height(hour.succeeded(), most) : 0;
			double bad = (hour != null) ? height(hour.failed(), most) : 0;
			// a few failures among many successes are to be seen
			ok = Math.min(ok, HEIGHT - bad);
			bars.add(new Bar(i * 4, text(HEIGHT - ok), text(ok), text(HEIGHT - ok - bad), text(bad)));
		}
		return new HealthChart(bars,
				"Last 24 hours: " + ((succeeded + failed == 0) ? "no calls" : InWords.count(succeeded + failed, "call")
						+ ", " + ((failed == 0) ? "none failed" : InWords.count(failed) + " failed")));
	}

	private static double height(int calls, int most) {
		return (calls == 0) ? 0 : Math.max(LEAST, (double) calls * HEIGHT / most);
	}

	private static String text(double number) {
		return String.format(Locale.ROOT, "%.1f", number);
	}

	/** Places in the drawing. */
	record Bar(int x, String okTop, String okHeight, String badTop, String badHeight) {
	}

}
