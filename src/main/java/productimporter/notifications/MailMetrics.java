package productimporter.notifications;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How many mails wait, for how long, and how many were given up: the same on every node.
 * {@link MailDelivery} counts the tries.
 */
@Component
class MailMetrics {

	private static final Logger log = LoggerFactory.getLogger(MailMetrics.class);

	private final MailTable table;

	private volatile @Nullable MailFigures figures;

	MailMetrics(MailTable table, MeterRegistry registry) {
		this.table = table;
		gauge(registry, "importer.mails.waiting", "Mails to be sent", MailFigures::waiting);
		gauge(registry, "importer.mails.age.seconds", "How long the oldest mail has been waiting",
				MailFigures::ageSeconds);
		gauge(registry, "importer.mails.given.up", "Mails that could not be sent", MailFigures::givenUp);
	}

	private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<MailFigures> figure) {
		Gauge.builder(name, this, (metrics) -> {
			MailFigures now = metrics.figures;
			return (now != null) ? figure.applyAsDouble(now) : Double.NaN;
		}).description(description).register(registry);
	}

	@Scheduled(fixedDelayString = "${importer.imports.metrics-interval:10s}")
	void refresh() {
		try {
			this.figures = this.table.figures();
		}
		catch (RuntimeException ex) {
			this.figures = null;
			log.debug("The mails could not be counted", ex);
		}
	}

}
