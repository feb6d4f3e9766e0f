package productimporter.webhooks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Forgets events after 14 days, and the log of deliveries after 30.
 */
@Component
class EventRetention {

	private static final Logger log = LoggerFactory.getLogger(EventRetention.class);

	static final Duration EVENTS = Duration.ofDays(14);

	static final Duration TRIES = Duration.ofDays(30);

	private final EventRetentionTable table;

	private final Clock clock;

	EventRetention(EventRetentionTable table, Clock clock) {
		this.table = table;
		this.clock = clock;
	}

	@Scheduled(initialDelay = 10, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
	void prune() {
		Instant now = this.clock.instant();
		try {
			int events = this.table.forgetEvents(now.minus(EVENTS), now);
			int deliveries = this.table.forgetDeliveries(now.minus(TRIES));
			if (events + deliveries > 0) {
				log.info("Forgot {} events of webhooks and {} deliveries", events, deliveries);
			}
		}
		catch (DataAccessException ex) {
			log.warn("Old events of webhooks could not be forgotten; it is tried again in an hour", ex);
		}
	}

}
