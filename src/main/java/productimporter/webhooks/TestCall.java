package productimporter.webhooks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

import productimporter.platform.Ids;
import productimporter.platform.RequestRefused;

/**
 * Calls a receiver at once because someone wants to see what it answers, whether its
 * webhook is on or not. Neither a success nor a failure for the circuit, but a success
 * ends a pause.
 */
@Component
class TestCall {

	private static final int AT_ONCE = 32;

	private final Semaphore places = new Semaphore(AT_ONCE);

	private final Webhooks webhooks;

	private final WebhookTable table;

	private final OutboxTable outbox;

	private final DeliveryTable deliveries;

	private final Payloads payloads;

	private final Secrets secrets;

	private final Sender sender;

	private final Wakeups wakeups;

	private final TransactionTemplate transaction;

	private final Clock clock;

	TestCall(Webhooks webhooks, WebhookTable table, OutboxTable outbox, DeliveryTable deliveries, Payloads payloads,
			Secrets secrets, Sender sender, Wakeups wakeups, TransactionTemplate transaction, Clock clock) {
		this.webhooks = webhooks;
		this.table = table;
		this.outbox = outbox;
		this.deliveries = deliveries;
		this.payloads = payloads;
		this.secrets = secrets;
		this.sender = sender;
		this.wakeups = wakeups;
		this.transaction = transaction;
		this.clock = clock;
	}

	/**
	 * Send a test. Returns at once.
	 * @throws WebhookNotFound when there is no such webhook
	 */
	CompletableFuture<Outcome> send(UUID id) {
		Webhook webhook = this.webhooks.get(id);
		Secrets.Signer signer = this.secrets.signer(id);
		if (!this.places.tryAcquire()) {
			throw new RequestRefused(HttpStatus.SERVICE_UNAVAILABLE, "too_many_tests",
					AT_ONCE + " tests are under way. Try again in a moment.", null, Duration.ofSeconds(5));
		}
		Instant now = this.clock.instant();
		Event event = new Event(Ids.next(), EventType.WEBHOOK_TEST, now, null, null, null, 1, null,
				this.payloads.ofTest(now, webhook));
		String payload = String.valueOf(event.payload());
		return this.sender.send(webhook.url(), signer.headers(event.id(), now, payload), payload)
			.whenComplete((outcome, failure) -> this.places.release())
			.thenApplyAsync((outcome) -> {
				save(webhook, event, outcome);
				return outcome;
			});
	}

	private void save(Webhook webhook, Event event, Outcome outcome) {
		this.transaction.executeWithoutResult((status) -> {
			if (this.deliveries.lockWebhook(webhook.id())) {
				UUID delivery = Ids.next();
				this.outbox.insert(List.of(event));
				this.deliveries.insertTest(delivery, webhook.id(), event.id(), outcome.success(), event.occurredAt());
				this.deliveries.insertTries(webhook.id(),
						List.of(new DeliveryTable.Try(Ids.next(), delivery, 1, "test", outcome)));
				this.table.saveTest(webhook.id(), outcome);
				this.wakeups.afterCommit(webhook.id());
			}
		});
	}

}
