package productimporter.webhooks;

import java.time.Duration;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How many deliveries wait and since when the first is due (the same on every node), and
 * how long this node's calls took.
 */
@Component
class DeliveryMetrics {

	private static final Logger log = LoggerFactory.getLogger(DeliveryMetrics.class);

	private final DeliveryTable deliveries;

	private final MeterRegistry registry;

	private volatile @Nullable Waiting waiting;

	DeliveryMetrics(DeliveryTable deliveries, MeterRegistry registry) {
		this.deliveries = deliveries;
		this.registry = registry;
		gauge("importer.deliveries.waiting", "Deliveries to webhooks that are on that are to be made", Waiting::count);
		gauge("importer.deliveries.overdue.seconds", "Since when the first of them is due", Waiting::overdueSeconds);
		gauge("importer.deliveries.age.seconds", "How long the oldest of them has been waiting", Waiting::ageSeconds);
		calls("success");
		calls("failure");
	}

	private void gauge(String name, String description, ToDoubleFunction<Waiting> figure) {
		Gauge.builder(name, this, (metrics) -> {
			Waiting now = metrics.waiting;
			return (now != null) ? figure.applyAsDouble(now) : Double.NaN;
		}).description(description).register(this.registry);
	}

	@Scheduled(fixedDelayString = "${importer.imports.metrics-interval:10s}")
	void refresh() {
		try {
			this.waiting = this.deliveries.waiting();
		}
		catch (RuntimeException ex) {
			this.waiting = null;
			log.debug("The deliveries could not be counted", ex);
		}
	}

	void called(Outcome outcome) {
		calls(outcome.success() ? "success" : "failure").record(Duration.ofMillis(outcome.millis()));
	}

	private Timer calls(String outcome) {
		return Timer.builder("importer.delivery")
			.description("Calls of webhooks, by outcome")
			.tag("outcome", outcome)
			.serviceLevelObjectives(Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(2),
					Duration.ofSeconds(5), Duration.ofSeconds(15))
			.register(this.registry);
	}

	/**
	 * What waits.
	 *
	 * @param overdueSeconds 0 when nothing is due
	 * @param ageSeconds since the oldest was made, 0 when there is none
	 */
	record Waiting(long count, double overdueSeconds, double ageSeconds) {
	}

}
