package productimporter.webhooks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import static productimporter.webhooks.WebhookTable.utc;

/**
 * The log of deliveries: what was sent, how it went, and sending it once more.
 */
@Repository
class DeliveryLog {

	private static final String SELECT = """
			SELECT d.id, d.webhook_id, d.event_id, d.event_type, d.state, d.trigger, d.tries, d.due_at, d.created_at,
			       d.finished_at, e.id IS NOT NULL AS kept, e.item_count, e.upload_id
			FROM webhook_delivery d LEFT JOIN webhook_event e ON e.id = d.event_id
			""";

	/**
	 * Of one webhook, those whose event is kept and for which the condition behind it
	 * holds.
	 */
	private static final String ONCE_MORE = """
			UPDATE webhook_delivery d SET state = 'pending', trigger = 'redelivery', tries = 0, rank = d.rank & ~1,
			    due_at = :now, finished_at = NULL
			FROM webhook_event e WHERE e.id = d.event_id AND d.webhook_id = :webhook AND\s""";

	private final JdbcClient jdbc;

	DeliveryLog(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Optional<Entry> find(UUID id) {
		return this.jdbc.sql(SELECT + "WHERE d.id = ?").param(id).query(DeliveryLog::entry).optional();
	}

	/**
	 * A page of a webhook's deliveries, the newest first, with their tries.
	 * @param before only older ones than this, {@code null} for the first page
	 * @param state {@code null} for any
	 */
	List<Logged> page(UUID webhook, @Nullable String state, @Nullable UUID before, int size) {
		List<Entry> entries = this.jdbc.sql(SELECT + """
				WHERE d.webhook_id = :webhook AND (:before::uuid IS NULL OR d.id < :before)
				AND (:state::text IS NULL AND d.state <> 'split' OR d.state = :state)
				ORDER BY d.id DESC LIMIT :size""")
			.param("webhook", webhook)
			.param("before", before, Types.OTHER)
			.param("state", state, Types.VARCHAR)
			.param("size", size)
			.query(DeliveryLog::entry)
			.list();
		Map<UUID, List<LoggedTry>> tries = tries(entries.stream().map(Entry::id).toList());
		return entries.stream().map((entry) -> new Logged(entry, tries.getOrDefault(entry.id(), List.of()))).toList();
	}

	Logged logged(Entry entry) {
		return new Logged(entry, tries(List.of(entry.id())).getOrDefault(entry.id(), List.of()));
	}

	private Map<UUID, List<LoggedTry>> tries(List<UUID> deliveries) {
		Map<UUID, List<LoggedTry>> tries = new LinkedHashMap<>();
		if (!deliveries.isEmpty()) {
			this.jdbc.sql("""
					SELECT delivery_id, number, trigger, started_at, status, millis, error, body
					FROM webhook_try WHERE delivery_id IN (:deliveries) ORDER BY id""")
				.param("deliveries", deliveries)
				.query((ResultSet row) -> {
					tries.computeIfAbsent(row.getObject("delivery_id", UUID.class), (id) -> new ArrayList<>())
						.add(loggedTry(row));
				});
		}
		return tries;
	}

	/** What is sent, {@code null} when it is not made yet or not kept any more. */
	@Nullable String payload(UUID event) {
		return this.jdbc.sql("SELECT coalesce(payload, '') FROM webhook_event WHERE id = ?")
			.param(event)
			.query(String.class)
			.optional()
			.filter((payload) -> !payload.isEmpty())
			.orElse(null);
	}

	void redeliver(UUID delivery, Instant now) {
		this.jdbc.sql("""
				UPDATE webhook_delivery SET state = 'pending', trigger = 'redelivery', tries = 0, rank = 0, due_at = ?,
				    finished_at = NULL
				WHERE id = ?""").params(utc(now), delivery).update();
	}

	/** Those whose event is kept; what waits already goes on waiting. Tells how many. */
	int redeliver(UUID webhook, Instant from, Instant to, Instant now) {
		return this.jdbc.sql(ONCE_MORE + """
				d.state IN ('held', 'delivered', 'failed') AND d.trigger <> 'test' AND d.created_at >= :from
				AND d.created_at <= :to""")
			.param("webhook", webhook)
			.param("from", utc(from))
			.param("to", utc(to))
			.param("now", utc(now))
			.update();
	}

	/** Those that are held, whose event is kept. */
	void redeliverHeld(UUID webhook, Instant now) {
		this.jdbc.sql(ONCE_MORE + "d.state = 'held'").param("webhook", webhook).param("now", utc(now)).update();
	}

	/** What is kept for a replay. */
	Held held(UUID webhook) {
		return this.jdbc.sql("""
				SELECT count(*) AS count, min(created_at) AS since FROM webhook_delivery
				WHERE webhook_id = ? AND state = 'held'""")
			.param(webhook)
			.query((row, number) -> new Held(row.getInt("count"), WebhookTable.instant(row, "since")))
			.single();
	}

	int pending(UUID webhook) {
		return this.jdbc.sql("SELECT count(*) FROM webhook_delivery WHERE webhook_id = ? AND state = 'pending'")
			.param(webhook)
			.query(Integer.class)
			.single();
	}

	int count(UUID webhook) {
		return this.jdbc.sql("SELECT count(*) FROM webhook_delivery WHERE webhook_id = ? AND state <> 'split'")
			.param(webhook)
			.query(Integer.class)
			.single();
	}

	/** The calls since a time, hour by hour as far as there were some; tests left out. */
	List<Hour> hours(UUID webhook, Instant since) {
		return this.jdbc
			.sql("""
					SELECT date_trunc('hour', started_at, 'UTC') AS hour, count(*) FILTER (WHERE error IS NULL) AS succeeded,
					       count(*) FILTER (WHERE error IS NOT NULL) AS failed
					FROM webhook_try WHERE webhook_id = :webhook AND started_at >= :since AND trigger <> 'test'
					GROUP BY 1 ORDER BY 1""")
			.param("webhook", webhook)
			.param("since", utc(since))
			.query((row, number) -> new Hour(row.getObject("hour", OffsetDateTime.class).toInstant(),
					row.getInt("succeeded"), row.getInt("failed")))
			.list();
	}

	private static Entry entry(ResultSet row, int number) throws SQLException {
		return new Entry(row.getObject("id", UUID.class), row.getObject("webhook_id", UUID.class),
				row.getObject("event_id", UUID.class), row.getString("event_type"), row.getString("state"),
				row.getString("trigger"), row.getInt("tries"),
				row.getObject("due_at", OffsetDateTime.class).toInstant(),
				row.getObject("created_at", OffsetDateTime.class).toInstant(), WebhookTable.instant(row, "finished_at"),
				row.getBoolean("kept"), row.getInt("item_count"), row.getObject("upload_id", UUID.class));
	}

	private static LoggedTry loggedTry(ResultSet row) throws SQLException {
		return new LoggedTry(row.getInt("number"), row.getString("trigger"),
				row.getObject("started_at", OffsetDateTime.class).toInstant(), row.getObject("status", Integer.class),
				row.getInt("millis"), row.getString("error"), row.getString("body"));
	}

	/**
	 * A delivery.
	 *
	 * @param eventId what the receiver knows as {@code webhook-id}
	 * @param dueAt of the next try, when it is pending
	 * @param kept whether the event is, so that it can be sent once more
	 * @param items products in it, 0 when it is not kept
	 */
	record Entry(UUID id, UUID webhookId, UUID eventId, String eventType, String state, String trigger, int tries,
			Instant dueAt, Instant createdAt, @Nullable Instant finishedAt, boolean kept, int items,
			@Nullable UUID uploadId) {
	}

	/** A call of the receiver; {@code body} is the beginning of its answer. */
	record LoggedTry(int number, String trigger, Instant startedAt, @Nullable Integer status, int millis,
			@Nullable String error, @Nullable String body) {
	}

	/** A delivery and its tries, the first first. */
	record Logged(Entry entry, List<LoggedTry> tries) {
	}

	/** Deliveries kept for a replay. */
	record Held(int count, @Nullable Instant since) {
	}

	/** The calls of an hour, which begins at {@code hour}. */
	record Hour(Instant hour, int succeeded, int failed) {
	}

}
