package productimporter.webhooks;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.springframework.jdbc.core.BatchPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import static productimporter.webhooks.WebhookTable.utc;

/**
 * Writes events and their deliveries, in the transaction of the change. A webhook that we
 * switched off gets its deliveries too, held for a replay.
 */
@Repository
class OutboxTable {

	private static final String SUBSCRIBED = "(enabled OR disabled_reason IS NOT NULL)";

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	OutboxTable(JdbcClient jdbc, JdbcTemplate batches) {
		this.jdbc = jdbc;
		this.batches = batches;
	}

	/** Which of the types anyone wants to know. */
	List<EventType> wanted() {
		return this.jdbc
			.sql("SELECT DISTINCT unnest(event_types) AS type FROM webhook WHERE " + SUBSCRIBED
					+ " AND mode <> 'summary'")
			.query((row, number) -> EventType.of(row.getString("type")))
			.list();
	}

	/** Who gets events of a type; they aren't deleted before the transaction ends. */
	List<Subscriber> subscribers(EventType type) {
		return this.jdbc.sql("SELECT id, enabled FROM webhook WHERE " + SUBSCRIBED + """
				 AND :type::text = ANY (event_types) AND (mode <> 'summary' OR NOT :products)
				ORDER BY id FOR KEY SHARE""")
			.param("type", type.code())
			.param("products", type.isOfProducts())
			.query((row, number) -> new Subscriber(row.getObject("id", UUID.class), row.getBoolean("enabled")))
			.list();
	}

	/**
	 * The next places for messages of an import. Holds the count until the transaction
	 * ends, so take them last.
	 * @return the first of them, from 1
	 */
	int reserve(UUID uploadId, EventType type, int messages, Instant now) {
		return this.jdbc.sql("""
				INSERT INTO webhook_upload AS u (upload_id, type, messages, updated_at)
				VALUES (:upload, :type, :messages, :now)
				ON CONFLICT (upload_id, type) DO UPDATE SET messages = u.messages + :messages, updated_at = :now
				RETURNING u.messages - :messages + 1""")
			.param("upload", uploadId)
			.param("type", type.code())
			.param("messages", messages)
			.param("now", utc(now))
			.query(Integer.class)
			.single();
	}

	/** How many messages of each type an import has made. */
	Map<String, Integer> messages(UUID uploadId) {
		Map<String, Integer> messages = new LinkedHashMap<>();
		for (EventType type : List.of(EventType.PRODUCT_CREATED, EventType.PRODUCT_UPDATED)) {
			messages.put(type.code(), 0);
		}
		this.jdbc.sql("SELECT type, messages FROM webhook_upload WHERE upload_id = ?")
			.param(uploadId)
			.query((ResultSet row) -> {
				messages.put(row.getString("type"), row.getInt("messages"));
			});
		return messages;
	}

	/** An event without a version gets the present transaction's. */
	void insert(List<Event> events) {
		this.batches.batchUpdate("""
				INSERT INTO webhook_event (id, type, occurred_at, upload_id, sequence, version, item_count, ids, skus,
				    changes, payload)
				VALUES (?, ?, ?, ?, ?, coalesce(?, pg_current_xact_id()::xid::text::bigint), ?, ?, ?, ?, ?)""",
				new Each<>(events, OutboxTable::set));
	}

	/** Deliveries of each event to each subscriber. */
	void insert(List<Delivery> deliveries, Instant now) {
		OffsetDateTime at = utc(now);
		this.batches.batchUpdate("""
				INSERT INTO webhook_delivery (id, webhook_id, event_id, event_type, state, trigger, rank, due_at,
				    created_at)
				VALUES (?, ?, ?, ?, ?, 'event', ?, ?, ?)""", new Each<>(deliveries, (delivery, statement) -> {
			statement.setObject(1, delivery.id());
			statement.setObject(2, delivery.to().id());
			statement.setObject(3, delivery.event().id());
			statement.setString(4, delivery.event().type().code());
			statement.setString(5, delivery.to().enabled() ? "pending" : "held");
			statement.setInt(6, delivery.rank());
			statement.setObject(7, at);
			statement.setObject(8, at);
		}));
	}

	private static void set(Event event, PreparedStatement statement) throws SQLException {
		PackedItems items = event.items();
		statement.setObject(1, event.id());
		statement.setString(2, event.type().code());
		statement.setObject(3, utc(event.occurredAt()));
		statement.setObject(4, event.uploadId(), Types.OTHER);
		statement.setObject(5, event.sequence(), Types.INTEGER);
		statement.setObject(6, event.version(), Types.BIGINT);
		statement.setInt(7, event.itemCount());
		statement.setBytes(8, (items != null) ? items.ids() : null);
		statement.setString(9, (items != null) ? items.skus() : null);
		statement.setBytes(10, (items != null) ? items.changes() : null);
		statement.setString(11, event.payload());
	}

	/** Who gets events, and whether now. */
	record Subscriber(UUID id, boolean enabled) {
	}

	/** An event to be sent to one subscriber. */
	record Delivery(UUID id, Subscriber to, Event event, int rank) {
	}

	private record Each<T>(List<T> rows, RowSetter<T> setter) implements BatchPreparedStatementSetter {

		@Override
		public void setValues(PreparedStatement statement, int index) throws SQLException {
			this.setter.set(this.rows.get(index), statement);
		}

		@Override
		public int getBatchSize() {
			return this.rows.size();
		}

	}

	private interface RowSetter<T> {

		void set(T row, PreparedStatement statement) throws SQLException;

	}

}
