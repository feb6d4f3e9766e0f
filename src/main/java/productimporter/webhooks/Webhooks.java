package productimporter.webhooks;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import productimporter.platform.Ids;
import productimporter.platform.RequestRefused;

/**
 * What people and programs do with webhooks.
 */
@Component
class Webhooks {

	private final WebhookTable table;

	private final DeliveryLog log;

	private final Secrets secrets;

	private final Wakeups wakeups;

	private final WebhookSettings settings;

	private final Clock clock;

	Webhooks(WebhookTable table, DeliveryLog log, Secrets secrets, Wakeups wakeups, WebhookSettings settings,
			Clock clock) {
		this.table = table;
		this.log = log;
		this.secrets = secrets;
		this.wakeups = wakeups;
		this.settings = settings;
		this.clock = clock;
	}

	List<Webhook> all() {
		return this.table.all();
	}

	/**
	 * Find a webhook.
	 * @throws WebhookNotFound when there is none
	 */
	Webhook get(UUID id) {
		return this.table.find(id).orElseThrow(() -> WebhookNotFound.of(id));
	}

	Health health(UUID id) {
		return this.table.health(id).orElseThrow(() -> WebhookNotFound.of(id));
	}

	/** Makes a webhook, with a secret that nobody is told again. */
	@Transactional
	public WithSecret create(Webhook.Fields fields) {
		if (this.table.countAndLock() >= this.settings.max()) {
			throw new RequestRefused(HttpStatus.CONFLICT, "too_many_webhooks",
					"There are " + this.settings.max() + " webhooks already. Delete one first.", null);
		}
		UUID id = Ids.next();
		String secret = this.secrets.make();
		this.table.insert(id, fields, this.secrets.encrypt(secret), this.clock.instant());
		this.wakeups.afterCommit(id);
		return new WithSecret(get(id), secret);
	}

	/**
	 * Changes a webhook. Switched on again it starts afresh; what was held for it stays
	 * so until someone asks for it.
	 */
	@Transactional
	public Webhook change(UUID id, Webhook.Fields fields) {
		if (fields.enabled()) {
			// or what they hold for it would stay so unseen
			this.table.awaitRecording(id);
		}
		if (!this.table.update(id, fields, this.clock.instant())) {
			throw WebhookNotFound.of(id);
		}
		this.wakeups.afterCommit(id);
		return get(id);
	}

	/**
	 * Switches a webhook on.
	 * @param replay whether what was held for it is sent now
	 */
	@Transactional
	public void resume(UUID id, boolean replay) {
		Webhook before = get(id);
		change(id, new Webhook.Fields(before.name(), before.url(), before.eventTypes(), before.mode(), true));
		if (replay) {
			this.log.redeliverHeld(id, this.clock.instant());
		}
	}

	@Transactional
	public void delete(UUID id) {
		if (!this.table.delete(id)) {
			throw WebhookNotFound.of(id);
		}
	}

	/** A new secret; the former one signs too for 24 h. */
	@Transactional
	public WithSecret rotate(UUID id) {
		String secret = this.secrets.make();
		if (!this.table.rotate(id, this.secrets.encrypt(secret), this.clock.instant().plus(Secrets.OVERLAP))) {
			throw WebhookNotFound.of(id);
		}
		return new WithSecret(get(id), secret);
	}

	/** Sends a delivery once more, with the same {@code webhook-id}. */
	@Transactional
	public DeliveryLog.Entry redeliver(UUID delivery) {
		DeliveryLog.Entry entry = this.log.find(delivery)
			.orElseThrow(() -> new RequestRefused(HttpStatus.NOT_FOUND, "delivery_not_found",
					"There is no delivery " + delivery + ". Deliveries are kept for 30 days.", null));
		requireOn(get(entry.webhookId()));
		if (!entry.kept()) {
			throw new RequestRefused(HttpStatus.CONFLICT, "event_not_kept",
					"The event is older than 14 days and not kept any more.", null);
		}
		this.log.redeliver(delivery, this.clock.instant());
		this.wakeups.afterCommit(entry.webhookId());
		return this.log.find(delivery).orElseThrow();
	}

	/**
	 * Sends once more what happened within a time, what was held for the webhook too.
	 * @param to {@code null}: until now
	 * @return how many deliveries
	 */
	@Transactional
	public int redeliver(UUID id, Instant from, @Nullable Instant to) {
		requireOn(get(id));
		Instant now = this.clock.instant();
		if (to != null && to.isBefore(from)) {
			throw new RequestRefused(HttpStatus.BAD_REQUEST, "range_empty", "\"to\" is before \"from\".", "to");
		}
		int count = this.log.redeliver(id, from, (to != null) ? to : now, now);
		this.wakeups.afterCommit(id);
		return count;
	}

	private static void requireOn(Webhook webhook) {
		if (!webhook.enabled()) {
			throw new RequestRefused(HttpStatus.CONFLICT, "webhook_off",
					"The webhook is switched off. Switch it on, then send again.", null);
		}
	}

	/** A webhook and its secret, to be shown once. */
	record WithSecret(Webhook webhook, String secret) {

		@Override
		public String toString() {
			return this.webhook.toString();
		}

	}

}
