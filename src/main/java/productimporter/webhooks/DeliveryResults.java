package productimporter.webhooks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import productimporter.platform.Ids;

/**
 * Writes down how calls went and what follows: the log, the next try, the health of the
 * receiver, whether its webhook is switched off. All in one transaction.
 */
@Component
class DeliveryResults {

	private static final Logger log = LoggerFactory.getLogger(DeliveryResults.class);

	private final WebhookTable webhooks;

	private final DeliveryTable deliveries;

	private final ApplicationEventPublisher publisher;

	private final DeliveryMetrics metrics;

	private final Clock clock;

	DeliveryResults(WebhookTable webhooks, DeliveryTable deliveries, ApplicationEventPublisher publisher,
			DeliveryMetrics metrics, Clock clock) {
		this.metrics = metrics;
		this.webhooks = webhooks;
		this.deliveries = deliveries;
		this.publisher = publisher;
		this.clock = clock;
	}

	/**
	 * Write it all.
	 * @param done in the order in which the calls ended
	 */
	@Transactional
	public void write(Webhook webhook, List<Done> done) {
		if (done.isEmpty() || !this.deliveries.lockWebhook(webhook.id())) {
			return;
		}
		Instant now = this.clock.instant();
		List<DeliveryTable.Try> tries = new ArrayList<>();
		List<DeliveryTable.Settled> settled = new ArrayList<>();
		Health health = this.webhooks.health(webhook.id()).orElseThrow();
		String reason = null;
		for (Done one : done) {
			this.metrics.called(one.outcome());
			tries.add(new DeliveryTable.Try(Ids.next(), one.delivery().id(), one.delivery().tries() + 1,
					one.delivery().trigger(), one.outcome()));
			settled.add(settled(one, now));
			health = Circuit.after(health, one.outcome(), now);
			reason = (reason != null) ? reason : Circuit.reasonToDisable(health, one.outcome(), now);
		}
		this.deliveries.insertTries(webhook.id(), tries);
		this.deliveries.settle(settled, now);
		this.webhooks.saveHealth(webhook.id(), health);
		if (reason != null) {
			disable(webhook, reason, now);
		}
	}

	private void disable(Webhook webhook, String reason, Instant now) {
		if (this.webhooks.disable(webhook.id(), reason, now)) {
			this.deliveries.hold(webhook.id());
			log.warn("Webhook {} is switched off: {}", webhook.id(), reason);
			this.publisher.publishEvent(new WebhookDisabled(webhook.id(), webhook.name(), webhook.url(), reason, now));
		}
	}

	private static DeliveryTable.Settled settled(Done one, Instant now) {
		PendingDelivery delivery = one.delivery();
		if (one.outcome().success()) {
			return new DeliveryTable.Settled(delivery.id(), delivery.tries(), "delivered", null);
		}
		Optional<Duration> delay = RetryTimes.delay(delivery.tries() + 1, one.outcome().retryAfter(),
				ThreadLocalRandom.current());
		@Nullable Instant next = delay.map(now::plus).orElse(null);
		return new DeliveryTable.Settled(delivery.id(), delivery.tries(), (next != null) ? "pending" : "failed", next);
	}

	/** A call that has ended. */
	record Done(PendingDelivery delivery, Outcome outcome) {
	}

}
