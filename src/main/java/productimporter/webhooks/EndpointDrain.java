package productimporter.webhooks;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

import org.springframework.stereotype.Component;

import productimporter.imports.ImportActivity;

/**
 * Works the deliveries of one webhook off: takes up to 50 that are due, sends them with a
 * few in flight, writes down how they went, and so on until none is due. Nothing is held
 * in the database during a call. A node that dies meanwhile has its calls made again.
 */
@Component
class EndpointDrain {

	static final int BATCH = 50;

	private final WebhookTable webhooks;

	private final DeliveryTable deliveries;

	private final DeliveryResults results;

	private final MessageMaker messages;

	private final Secrets secrets;

	private final Sender sender;

	private final ImportActivity imports;

	private final WebhookSettings settings;

	private final Clock clock;

	private volatile boolean ending;

	EndpointDrain(WebhookTable webhooks, DeliveryTable deliveries, DeliveryResults results, MessageMaker messages,
			Secrets secrets, Sender sender, ImportActivity imports, WebhookSettings settings, Clock clock) {
		this.webhooks = webhooks;
		this.deliveries = deliveries;
		this.results = results;
		this.messages = messages;
		this.secrets = secrets;
		this.sender = sender;
		this.imports = imports;
		this.settings = settings;
		this.clock = clock;
	}

	void begin() {
		this.ending = false;
	}

	/** No new calls, since this node shuts down; those in flight are waited for. */
	void end() {
		this.ending = true;
	}

	/**
	 * Sends what is due.
	 * @return when to look again; empty when the webhook is off or gone
	 */
	Optional<Instant> drain(UUID id) {
		while (!this.ending) {
			Instant now = this.clock.instant();
			Webhook webhook = this.webhooks.find(id).orElse(null);
			Health health = this.webhooks.health(id).orElse(Health.UNKNOWN);
			if (webhook == null || !webhook.enabled()) {
				return Optional.empty();
			}
			if (health.isPaused(now)) {
				return Optional.ofNullable(health.pausedUntil());
			}
			boolean waits = this.imports.isRunning();
			Instant bulkBefore = waits ? now.minus(this.settings.bulkWait()) : now.plusSeconds(1);
			List<PendingDelivery> due = this.deliveries.due(id, now, bulkBefore, health.isCircuitOpen() ? 1 : BATCH);
			if (due.isEmpty()) {
				Instant latest = now.plus(this.settings.pollInterval());
				return Optional
					.of(this.deliveries.nextDue(id, !waits).filter((next) -> next.isBefore(latest)).orElse(latest));
			}
			List<PendingDelivery> whole = this.messages.make(webhook, due);
			if (!whole.isEmpty() && !send(webhook, health, whole)) {
				break;
			}
		}
		return Optional.of(this.clock.instant());
	}

	/** Tells whether it went on to the end. */
	private boolean send(Webhook webhook, Health before, List<PendingDelivery> due) {
		Secrets.Signer signer = this.secrets.signer(webhook.id());
		Deque<PendingDelivery> waiting = new ArrayDeque<>(due);
		BlockingQueue<DeliveryResults.Done> done = new LinkedBlockingQueue<>();
		List<DeliveryResults.Done> all = new ArrayList<>();
		Health health = before;
		int inFlight = 0;
		boolean goOn = true;
		try {
			while (true) {
				while (goOn && !this.ending && !waiting.isEmpty() && inFlight < limit(health)) {
					PendingDelivery next = waiting.remove();
					inFlight++;
					CompletableFuture<Void> unused = call(webhook, signer, next)
						.thenAccept((outcome) -> done.add(new DeliveryResults.Done(next, outcome)));
				}
				if (inFlight == 0) {
					break;
				}
				DeliveryResults.Done one = done.take();
				inFlight--;
				all.add(one);
				Instant now = this.clock.instant();
				health = Circuit.after(health, one.outcome(), now);
				goOn = !health.isPaused(now) && Circuit.reasonToDisable(health, one.outcome(), now) == null;
			}
		}
		catch (InterruptedException ex) {
			// what is still in flight is sent again
			Thread.currentThread().interrupt();
			goOn = false;
			this.ending = true;
		}
		this.results.write(webhook, all);
		return !Thread.currentThread().isInterrupted();
	}

	private CompletableFuture<Outcome> call(Webhook webhook, Secrets.Signer signer, PendingDelivery delivery) {
		String payload = Objects.requireNonNull(delivery.event().payload());
		return this.sender.send(webhook.url(), signer.headers(delivery.event().id(), this.clock.instant(), payload),
				payload);
	}

	/** One probe when the circuit was open. */
	private static int limit(Health health) {
		return health.isCircuitOpen() ? 1 : health.maxInFlight();
	}

}
