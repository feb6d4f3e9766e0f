package productimporter.webhooks;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened. Either its payload is made or it holds the products to make it
 * of.
 *
 * @param id what receivers know as {@code webhook-id}
 * @param sequence which message of its type and upload, from 1; {@code null} outside
 * uploads
 * @param version of all its products
 * @param itemCount products, or 1
 */
record Event(UUID id, EventType type, Instant occurredAt, @Nullable UUID uploadId, @Nullable Integer sequence,
		@Nullable Long version, int itemCount, @Nullable PackedItems items, @Nullable String payload) {

	Event withPayload(String made) {
		return new Event(this.id, this.type, this.occurredAt, this.uploadId, this.sequence, this.version,
				this.itemCount, null, made);
	}

}
