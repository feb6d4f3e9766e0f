package productimporter.webhooks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import static productimporter.webhooks.WebhookTable.utc;

/**
 * What is sent, and how that went: deliveries and tries while they are worked off.
 */
@Repository
class DeliveryTable {

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	DeliveryTable(JdbcClient jdbc, JdbcTemplate batches) {
		this.jdbc = jdbc;
		this.batches = batches;
	}

	/**
	 * What is due for a webhook, the most urgent first.
	 * @param bulkBefore of messages of imports only those made before this time
	 */
	List<PendingDelivery> due(UUID webhook, Instant now, Instant bulkBefore, int limit) {
		return this.jdbc.sql("""
				SELECT d.id, d.tries, d.trigger, d.rank, e.id AS event_id, e.type, e.occurred_at, e.upload_id,
				       e.sequence, e.version, e.item_count, e.payload,
				       CASE WHEN payload IS NULL THEN ids END AS ids, CASE WHEN payload IS NULL THEN skus END AS skus,
				       CASE WHEN payload IS NULL THEN changes END AS changes
				FROM webhook_delivery d JOIN webhook_event e ON e.id = d.event_id
				WHERE d.webhook_id = :webhook AND d.state = 'pending' AND d.due_at <= :now
				AND (d.rank < 2 OR d.created_at < :bulkBefore)
				ORDER BY d.rank, d.due_at, d.id LIMIT :limit""")
			.param("webhook", webhook)
			.param("now", utc(now))
			.param("bulkBefore", utc(bulkBefore))
			.param("limit", limit)
			.query(DeliveryTable::pending)
			.list();
	}

	/** What waits at webhooks that are on. */
	DeliveryMetrics.Waiting waiting() {
		return this.jdbc
			.sql("""
					SELECT count(*) AS count, greatest(0, coalesce(extract(epoch FROM now() - min(d.due_at)), 0)) AS overdue,
					       greatest(0, coalesce(extract(epoch FROM now() - min(d.created_at)), 0)) AS age
					FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id
					WHERE d.state = 'pending' AND w.enabled""")
			.query((row, number) -> new DeliveryMetrics.Waiting(row.getLong("count"), row.getDouble("overdue"),
					row.getDouble("age")))
			.single();
	}

	/** When the next is due, not counting those that wait for imports. */
	Optional<Instant> nextDue(UUID webhook, boolean bulkToo) {
		return this.jdbc.sql("""
				SELECT min(due_at) AS due FROM webhook_delivery
				WHERE webhook_id = :webhook AND state = 'pending' AND (rank < 2 OR :bulk)""")
			.param("webhook", webhook)
			.param("bulk", bulkToo)
			.query((row, number) -> Optional.ofNullable(WebhookTable.instant(row, "due")))
			.single();
	}

	/** The payloads of these events are made. */
	void savePayloads(List<Event> events) {
		this.batches.batchUpdate("""
				UPDATE webhook_event SET payload = ?, ids = NULL, skus = NULL, changes = NULL
				WHERE id = ? AND payload IS NULL""", events, Math.max(1, events.size()), (statement, event) -> {
			statement.setString(1, event.payload());
			statement.setObject(2, event.id());
		});
	}

	/** One message was made into several. */
	void markSplit(UUID delivery, Instant now) {
		this.jdbc.sql("UPDATE webhook_delivery SET state = 'split', finished_at = ? WHERE id = ?")
			.params(utc(now), delivery)
			.update();
	}

	/**
	 * Nobody else changes the webhook until the transaction ends; tells whether it is
	 * there.
	 */
	boolean lockWebhook(UUID webhook) {
		return this.jdbc.sql("SELECT 1 FROM webhook WHERE id = ? FOR NO KEY UPDATE")
			.param(webhook)
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	void insertTries(UUID webhook, List<Try> tries) {
		this.batches.batchUpdate(
				"""
						INSERT INTO webhook_try (id, webhook_id, delivery_id, number, trigger, started_at, status, millis, error,
						    body)
						VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
				tries, Math.max(1, tries.size()), (statement, one) -> {
					statement.setObject(1, one.id());
					statement.setObject(2, webhook);
					statement.setObject(3, one.delivery());
					statement.setInt(4, one.number());
					statement.setString(5, one.trigger());
					statement.setObject(6, utc(one.outcome().startedAt()));
					statement.setObject(7, one.outcome().status(), Types.INTEGER);
					statement.setInt(8, one.outcome().millis());
					statement.setString(9, one.outcome().error());
					statement.setString(10, one.outcome().body());
				});
	}

	/**
	 * Where deliveries stand after a try; one that is not pending any more stays as it
	 * is.
	 */
	void settle(List<Settled> settled, Instant now) {
		this.batches.batchUpdate("""
				UPDATE webhook_delivery SET state = ?, tries = ?, due_at = coalesce(?, due_at),
				    rank = CASE WHEN ? THEN rank | 1 ELSE rank END, finished_at = ?
				WHERE id = ? AND state = 'pending' AND tries = ?""", settled, Math.max(1, settled.size()),
				(statement, one) -> {
					statement.setString(1, one.state());
					statement.setInt(2, one.triesBefore() + 1);
					statement.setObject(3, (one.nextTry() != null) ? utc(one.nextTry()) : null,
							Types.TIMESTAMP_WITH_TIMEZONE);
					statement.setBoolean(4, one.nextTry() != null);
					statement.setObject(5, (one.nextTry() != null) ? null : utc(now), Types.TIMESTAMP_WITH_TIMEZONE);
					statement.setObject(6, one.delivery());
					statement.setInt(7, one.triesBefore());
				});
	}

	/** What still waits is kept for a replay. */
	void hold(UUID webhook) {
		this.jdbc.sql("UPDATE webhook_delivery SET state = 'held' WHERE webhook_id = ? AND state = 'pending'")
			.param(webhook)
			.update();
	}

	/** A test that was sent, as its delivery. */
	void insertTest(UUID id, UUID webhook, UUID event, boolean success, Instant now) {
		OffsetDateTime at = utc(now);
		this.jdbc.sql("""
				INSERT INTO webhook_delivery (id, webhook_id, event_id, event_type, state, trigger, rank, tries, due_at,
				    created_at, finished_at)
				VALUES (?, ?, ?, ?, ?, 'test', 0, 1, ?, ?, ?)""")
			.params(id, webhook, event, EventType.WEBHOOK_TEST.code(), success ? "delivered" : "failed", at, at, at)
			.update();
	}

	private static PendingDelivery pending(ResultSet row, int number) throws SQLException {
		return new PendingDelivery(row.getObject("id", UUID.class), row.getInt("tries"), row.getString("trigger"),
				row.getInt("rank"), event(row));
	}

	private static Event event(ResultSet row) throws SQLException {
		byte[] ids = row.getBytes("ids");
		String skus = row.getString("skus");
		return new Event(row.getObject("event_id", UUID.class), EventType.of(row.getString("type")),
				row.getObject("occurred_at", OffsetDateTime.class).toInstant(), row.getObject("upload_id", UUID.class),
				row.getObject("sequence", Integer.class), row.getObject("version", Long.class),
				row.getInt("item_count"),
				(ids != null && skus != null) ? new PackedItems(ids, skus, row.getBytes("changes")) : null,
				row.getString("payload"));
	}

	/**
	 * A call for the log.
	 *
	 * @param number which try of the delivery, from 1
	 */
	record Try(UUID id, UUID delivery, int number, String trigger, Outcome outcome) {
	}

	/**
	 * Where a delivery stands after a try.
	 *
	 * @param state delivered, failed or pending
	 * @param nextTry when it is pending, else {@code null}
	 */
	record Settled(UUID delivery, int triesBefore, String state, @Nullable Instant nextTry) {
	}

}
