package productimporter.webhooks;

import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.stereotype.Component;

import productimporter.imports.EndedRun;
import productimporter.products.ProductChanges.ChangedProduct;
import productimporter.products.ProductChanges.Item;

/**
 * Writes what receivers get: {@code {"type", "timestamp", "data"}}. Products are always
 * an array.
 */
@Component
class Payloads {

	private final JsonMapper json = JsonMapper.builder().build();

	/** One product, changed by hand or by a call. */
	String ofProduct(EventType type, Instant at, ChangedProduct product, Collection<String> changed) {
		return products(type, at, null, null,
				(generator) -> item(generator, product.id(), product.sku(), product.version(), changed));
	}

	/** The products of an import that an event has kept. */
	String ofItems(Event event) {
		List<Item> items = Objects.requireNonNull(event.items()).unpack();
		long version = Objects.requireNonNull(event.version());
		return products(event.type(), event.occurredAt(), event.uploadId(), event.sequence(), (generator) -> {
			for (Item item : items) {
				item(generator, item.id(), item.sku(), version, fields(item.changes()));
			}
		});
	}

	/** A payload of several products as payloads of one each. */
	List<String> split(String payload) {
		ObjectNode whole = (ObjectNode) this.json.readTree(payload);
		ObjectNode data = (ObjectNode) whole.get("data");
		List<String> parts = new ArrayList<>();
		for (JsonNode item : List.copyOf(data.get("items").values())) {
			data.putArray("items").add(item);
			parts.add(this.json.writeValueAsString(whole));
		}
		return parts;
	}

	String ofBulkDelete(Instant at, UUID taskId, long count, Map<String, String> filter) {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("task_id", taskId);
		data.put("count", count);
		data.put("filter", filter);
		return of(EventType.PRODUCT_BULK_DELETED, at, data);
	}

	/**
	 * The end of an import.
	 * @param messages how many messages of each type it made
	 */
	String ofRun(EventType type, Instant at, EndedRun run, Map<String, Integer> messages) {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("upload_id", run.id());
		data.put("filename", run.filename());
		data.put("status", run.status().code());
		data.put("rows_total", run.rowsTotal());
		data.put("rows_read", run.counts().rows());
		data.put("created", run.counts().created());
		data.put("updated", run.counts().updated());
		data.put("unchanged", run.counts().unchanged());
		data.put("superseded", run.counts().superseded());
		data.put("rejected", run.counts().rejected());
		data.put("messages", messages);
		data.put("error", run.error());
		data.put("error_code", run.errorCode());
		data.put("restartable", run.restartable());
		data.put("attempts", run.attempts());
		data.put("started_at", text(run.startedAt()));
		data.put("finished_at", text(run.finishedAt()));
		return of(type, at, data);
	}

	String ofTest(Instant at, Webhook webhook) {
		return of(EventType.WEBHOOK_TEST, at, Map.of("webhook_id", webhook.id()));
	}

	private String of(EventType type, Instant at, Map<String, ? extends @Nullable Object> data) {
		Map<String, Object> payload = new LinkedHashMap<>();
		payload.put("type", type.code());
		payload.put("timestamp", at.toString());
		payload.put("data", data);
		return this.json.writeValueAsString(payload);
	}

	private String products(EventType type, Instant at, @Nullable UUID uploadId, @Nullable Integer sequence,
			ItemWriter items) {
		StringWriter text = new StringWriter(256);
		try (JsonGenerator generator = this.json.createGenerator(text)) {
			generator.writeStartObject();
			generator.writeStringProperty("type", type.code());
			generator.writeStringProperty("timestamp", at.toString());
			generator.writeObjectPropertyStart("data");
			generator.writeName("upload_id");
			generator.writeString((uploadId != null) ? uploadId.toString() : null);
			if (sequence != null) {
				generator.writeNumberProperty("sequence", sequence);
			}
			else {
				generator.writeNullProperty("sequence");
			}
			generator.writeArrayPropertyStart("items");
			items.write(generator);
			generator.writeEndArray();
			generator.writeEndObject();
			generator.writeEndObject();
		}
		return text.toString();
	}

	private static void item(JsonGenerator generator, UUID id, String sku, long version, Collection<String> changed) {
		generator.writeStartObject();
		generator.writeStringProperty("id", id.toString());
		generator.writeStringProperty("sku", sku);
		generator.writeNumberProperty("version", version);
		generator.writeArrayPropertyStart("changed");
		changed.forEach(generator::writeString);
		generator.writeEndArray();
		generator.writeEndObject();
	}

	private static List<String> fields(int changes) {
		List<String> fields = new ArrayList<>(3);
		for (int bit = 0; bit < Item.FIELDS.size(); bit++) {
			if ((changes & 1 << bit) != 0) {
				fields.add(Item.FIELDS.get(bit));
			}
		}
		return fields;
	}

	private static @Nullable String text(@Nullable Instant instant) {
		return (instant != null) ? instant.toString() : null;
	}

	private interface ItemWriter {

		void write(JsonGenerator generator);

	}

}
