package productimporter.webhooks;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import productimporter.platform.Ids;

/**
 * Makes messages as a webhook wants them of what the outbox has kept, at the first
 * delivery: the payload, once for all webhooks; or, for one that wants each product by
 * itself, a message for each.
 */
@Component
class MessageMaker {

	private final DeliveryTable deliveries;

	private final OutboxTable outbox;

	private final Payloads payloads;

	private final Clock clock;

	MessageMaker(DeliveryTable deliveries, OutboxTable outbox, Payloads payloads, Clock clock) {
		this.deliveries = deliveries;
		this.outbox = outbox;
		this.payloads = payloads;
		this.clock = clock;
	}

	/**
	 * Make what is missing.
	 * @return those that can be sent now; one that was split comes again in its parts
	 */
	@Transactional
	public List<PendingDelivery> make(Webhook webhook, List<PendingDelivery> due) {
		List<PendingDelivery> whole = new ArrayList<>(due.size());
		List<Event> made = new ArrayList<>();
		for (PendingDelivery delivery : due) {
			Event event = delivery.event();
			if (event.payload() == null) {
				event = event.withPayload(this.payloads.ofItems(event));
				made.add(event);
			}
			if (webhook.mode() == Mode.INDIVIDUAL && event.itemCount() > 1) {
				split(webhook, delivery, event);
			}
			else {
				whole.add(new PendingDelivery(delivery.id(), delivery.tries(), delivery.trigger(), delivery.rank(),
						event));
			}
		}
		if (!made.isEmpty()) {
			this.deliveries.savePayloads(made);
		}
		return whole;
	}

	private void split(Webhook webhook, PendingDelivery delivery, Event event) {
		Instant now = this.clock.instant();
		OutboxTable.Subscriber to = new OutboxTable.Subscriber(webhook.id(), true);
		List<Event> events = this.payloads.split(Objects.requireNonNull(event.payload()))
			.stream()
			.map((payload) -> new Event(Ids.next(), event.type(), event.occurredAt(), event.uploadId(),
					event.sequence(), event.version(), 1, null, payload))
			.toList();
		this.outbox.insert(events);
		this.outbox.insert(
				events.stream().map((part) -> new OutboxTable.Delivery(Ids.next(), to, part, delivery.rank())).toList(),
				now);
		this.deliveries.markSplit(delivery.id(), now);
	}

}
