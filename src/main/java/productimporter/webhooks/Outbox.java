package productimporter.webhooks;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

import productimporter.imports.EndedDelete;
import productimporter.imports.EndedRun;
import productimporter.imports.RunEndListener;
import productimporter.imports.RunStatus;
import productimporter.platform.Ids;
import productimporter.products.ProductChanges;

/**
 * Records what happens, in the transaction in which it happens, for those webhooks that
 * want to know it. What nobody wants to know is not recorded.
 */
@Component
class Outbox implements ProductChanges, RunEndListener {

	/** Products in a message. */
	static final int MAX_ITEMS = 500;

	static final int RANK_BY_HAND = 0;

	static final int RANK_BULK = 2;

	private final OutboxTable table;

	private final Payloads payloads;

	private final Wakeups wakeups;

	private final Clock clock;

	Outbox(OutboxTable table, Payloads payloads, Wakeups wakeups, Clock clock) {
		this.table = table;
		this.payloads = payloads;
		this.wakeups = wakeups;
		this.clock = clock;
	}

	@Override
	public void created(ChangedProduct product) {
		one(EventType.PRODUCT_CREATED, product, Set.of());
	}

	@Override
	public void updated(ChangedProduct product, Set<String> fields) {
		one(EventType.PRODUCT_UPDATED, product, fields);
	}

	@Override
	public void deleted(ChangedProduct product) {
		one(EventType.PRODUCT_DELETED, product, Set.of());
	}

	private void one(EventType type, ChangedProduct product, Set<String> fields) {
		record(type, null, product.version(), (at) -> this.payloads.ofProduct(type, at, product, fields));
	}

	@Override
	public void bulkDeleted(UUID taskId, long count, Map<String, String> filter) {
		record(EventType.PRODUCT_BULK_DELETED, null, null,
				(at) -> this.payloads.ofBulkDelete(at, taskId, count, filter));
	}

	@Override
	public void ended(EndedRun run) {
		if (run.dryRun()) {
			// nothing has changed, and who doesn't know of dry runs would think it had
			return;
		}
		EventType type = (run.status() == RunStatus.COMPLETED) ? EventType.UPLOAD_COMPLETED : EventType.UPLOAD_FAILED;
		record(type, run.id(), null, (at) -> this.payloads.ofRun(type, at, run, this.table.messages(run.id())));
		// messages of an import wait until none runs
		this.wakeups.allAfterCommit();
	}

	@Override
	public void ended(EndedDelete delete) {
		this.wakeups.allAfterCommit();
	}

	private void record(EventType type, @Nullable UUID uploadId, @Nullable Long version,
			Function<Instant, String> payload) {
		List<OutboxTable.Subscriber> subscribers = this.table.subscribers(type);
		if (subscribers.isEmpty()) {
			return;
		}
		Instant now = this.clock.instant();
		Event event = new Event(Ids.next(), type, now, uploadId, null, version, 1, null, payload.apply(now));
		write(List.of(event), subscribers, RANK_BY_HAND, now);
		subscribers.forEach((subscriber) -> this.wakeups.afterCommit(subscriber.id()));
	}

	@Override
	public ImportInterest importInterest() {
		Set<EventType> wanted = EnumSet.noneOf(EventType.class);
		wanted.addAll(this.table.wanted());
		return new ImportInterest(wanted.contains(EventType.PRODUCT_CREATED),
				wanted.contains(EventType.PRODUCT_UPDATED));
	}

	@Override
	public void imported(UUID taskId, ImportedProducts products) {
		imported(EventType.PRODUCT_CREATED, taskId, products.created(), products.version());
		imported(EventType.PRODUCT_UPDATED, taskId, products.updated(), products.version());
	}

	private void imported(EventType type, UUID uploadId, List<Item> items, long version) {
		List<OutboxTable.Subscriber> subscribers = items.isEmpty() ? List.of() : this.table.subscribers(type);
		if (subscribers.isEmpty()) {
			return;
		}
		Instant now = this.clock.instant();
		int messages = (items.size() + MAX_ITEMS - 1) / MAX_ITEMS;
		int first = this.table.reserve(uploadId, type, messages, now);
		List<Event> events = new ArrayList<>(messages);
		for (int i = 0; i < messages; i++) {
			List<Item> part = items.subList(i * MAX_ITEMS, Math.min(items.size(), (i + 1) * MAX_ITEMS));
			events.add(new Event(Ids.next(), type, now, uploadId, first + i, version, part.size(),
					PackedItems.of(part, type == EventType.PRODUCT_UPDATED), null));
		}
		write(events, subscribers, RANK_BULK, now);
	}

	private void write(List<Event> events, List<OutboxTable.Subscriber> subscribers, int rank, Instant now) {
		List<OutboxTable.Delivery> deliveries = new ArrayList<>(events.size() * subscribers.size());
		for (Event event : events) {
			for (OutboxTable.Subscriber subscriber : subscribers) {
				deliveries.add(new OutboxTable.Delivery(Ids.next(), subscriber, event, rank));
			}
		}
		this.table.insert(events);
		this.table.insert(deliveries, now);
	}

}
