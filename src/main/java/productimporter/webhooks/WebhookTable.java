package productimporter.webhooks;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Every statement of {@code webhook}, but those that look for subscribers.
 */
@Repository
class WebhookTable {

	private static final String COLUMNS = "id, name, url, event_types, mode, enabled, disabled_reason, disabled_at, "
			+ "created_at, updated_at";

	private static final String HEALTH = "failures_in_row, failing_since, paused_until, circuit_opened, max_in_flight, "
			+ "last_status, last_response_time, last_error, last_attempt_at";

	private final JdbcClient jdbc;

	WebhookTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void insert(UUID id, Webhook.Fields fields, byte[] secret, Instant now) {
		this.jdbc.sql("""
				INSERT INTO webhook (id, name, url, event_types, mode, enabled, secret, created_at, updated_at)
				VALUES (:id, :name, :url, :types, :mode, :enabled, :secret, :now, :now)""")
			.param("id", id)
			.param("name", fields.name())
			.param("url", fields.url())
			.param("types", codes(fields.eventTypes()))
			.param("mode", fields.mode().code())
			.param("enabled", fields.enabled())
			.param("secret", secret)
			.param("now", utc(now))
			.update();
	}

	/**
	 * Tells whether there is one. Who switches it on by hand starts with a clean slate.
	 */
	boolean update(UUID id, Webhook.Fields fields, Instant now) {
		return this.jdbc.sql("""
				UPDATE webhook SET name = :name, url = :url, event_types = :types, mode = :mode, updated_at = :now,
				    failures_in_row = CASE WHEN :enabled AND NOT enabled THEN 0 ELSE failures_in_row END,
				    failing_since = CASE WHEN :enabled AND NOT enabled THEN NULL ELSE failing_since END,
				    paused_until = CASE WHEN (:enabled AND NOT enabled) OR url <> :url THEN NULL ELSE paused_until END,
				    circuit_opened = CASE WHEN :enabled AND NOT enabled THEN 0 ELSE circuit_opened END,
				    max_in_flight = CASE WHEN :enabled AND NOT enabled THEN 4 ELSE max_in_flight END,
				    disabled_reason = CASE WHEN :enabled THEN NULL ELSE disabled_reason END,
				    disabled_at = CASE WHEN :enabled THEN NULL ELSE disabled_at END,
				    enabled = :enabled
				WHERE id = :id""")
			.param("id", id)
			.param("name", fields.name())
			.param("url", fields.url())
			.param("types", codes(fields.eventTypes()))
			.param("mode", fields.mode().code())
			.param("enabled", fields.enabled())
			.param("now", utc(now))
			.update() == 1;
	}

	/**
	 * Waits, while it is off, for the transactions that are recording events for it;
	 * others wait until this one has ended.
	 */
	void awaitRecording(UUID id) {
		this.jdbc.sql("SELECT id FROM webhook WHERE id = ? AND NOT enabled FOR UPDATE")
			.param(id)
			.query(UUID.class)
			.optional();
	}

	boolean delete(UUID id) {
		return this.jdbc.sql("DELETE FROM webhook WHERE id = ?").param(id).update() == 1;
	}

	/** In the order in which they were made. */
	List<Webhook> all() {
		return this.jdbc.sql("SELECT " + COLUMNS + " FROM webhook ORDER BY id").query(WebhookTable::webhook).list();
	}

	Optional<Webhook> find(UUID id) {
		return this.jdbc.sql("SELECT " + COLUMNS + " FROM webhook WHERE id = ?")
			.param(id)
			.query(WebhookTable::webhook)
			.optional();
	}

	/** One transaction after the other makes webhooks, so that they can be counted. */
	int countAndLock() {
		this.jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('productimporter.webhook'))")
			.query((row, number) -> 0)
			.single();
		return this.jdbc.sql("SELECT count(*) FROM webhook").query(Integer.class).single();
	}

	List<UUID> enabled() {
		return this.jdbc.sql("SELECT id FROM webhook WHERE enabled").query(UUID.class).list();
	}

	Optional<Health> health(UUID id) {
		return this.jdbc.sql("SELECT " + HEALTH + " FROM webhook WHERE id = ?")
			.param(id)
			.query(WebhookTable::health)
			.optional();
	}

	void saveHealth(UUID id, Health health) {
		this.jdbc.sql("""
				UPDATE webhook SET failures_in_row = :failures, failing_since = :since, paused_until = :paused,
				    circuit_opened = :opened, max_in_flight = :flight, last_status = :status,
				    last_response_time = :millis, last_error = :error, last_attempt_at = :at
				WHERE id = :id""")
			.param("id", id)
			.param("failures", health.failuresInRow())
			.param("since", utcOrNull(health.failingSince()), Types.TIMESTAMP_WITH_TIMEZONE)
			.param("paused", utcOrNull(health.pausedUntil()), Types.TIMESTAMP_WITH_TIMEZONE)
			.param("opened", health.circuitOpened())
			.param("flight", health.maxInFlight())
			.param("status", health.lastStatus(), Types.INTEGER)
			.param("millis", health.lastResponseTime(), Types.INTEGER)
			.param("error", health.lastError(), Types.VARCHAR)
			.param("at", utcOrNull(health.lastAttemptAt()), Types.TIMESTAMP_WITH_TIMEZONE)
			.update();
	}

	/** What a test found; it counts neither as a success nor as a failure. */
	void saveTest(UUID id, Outcome outcome) {
		this.jdbc.sql("""
				UPDATE webhook SET last_status = :status, last_response_time = :millis, last_error = :error,
				    last_attempt_at = :at, paused_until = CASE WHEN :success THEN NULL ELSE paused_until END
				WHERE id = :id""")
			.param("id", id)
			.param("status", outcome.status(), Types.INTEGER)
			.param("millis", outcome.millis())
			.param("error", outcome.error(), Types.VARCHAR)
			.param("at", utc(outcome.startedAt()))
			.param("success", outcome.success())
			.update();
	}

	/** Tells whether it was on. */
	boolean disable(UUID id, String reason, Instant now) {
		return this.jdbc.sql("""
				UPDATE webhook SET enabled = false, disabled_reason = ?, disabled_at = ?
				WHERE id = ? AND enabled""").params(reason, utc(now), id).update() == 1;
	}

	/** The secrets to sign with, the newest first; encrypted. */
	List<byte[]> secrets(UUID id, Instant now) {
		return this.jdbc.sql("""
				SELECT secret FROM webhook WHERE id = :id
				UNION ALL
				SELECT previous_secret FROM webhook WHERE id = :id AND previous_secret_until > :now""")
			.param("id", id)
			.param("now", utc(now))
			.query((row, number) -> row.getBytes(1))
			.list();
	}

	/** Tells whether there is one. */
	boolean rotate(UUID id, byte[] secret, Instant previousUntil) {
		return this.jdbc.sql("""
				UPDATE webhook SET previous_secret = secret, previous_secret_until = ?, secret = ?
				WHERE id = ?""").params(utc(previousUntil), secret, id).update() == 1;
	}

	private static Webhook webhook(ResultSet row, int number) throws SQLException {
		Array types = row.getArray("event_types");
		return new Webhook(row.getObject("id", UUID.class), row.getString("name"), row.getString("url"),
				Arrays.stream((String[]) types.getArray()).map(EventType::of).toList(), Mode.of(row.getString("mode")),
				row.getBoolean("enabled"), row.getString("disabled_reason"), instant(row, "disabled_at"),
				row.getObject("created_at", OffsetDateTime.class).toInstant(),
				row.getObject("updated_at", OffsetDateTime.class).toInstant());
	}

	private static Health health(ResultSet row, int number) throws SQLException {
		return new Health(row.getInt("failures_in_row"), instant(row, "failing_since"), instant(row, "paused_until"),
				row.getInt("circuit_opened"), row.getInt("max_in_flight"), row.getObject("last_status", Integer.class),
				row.getObject("last_response_time", Integer.class), row.getString("last_error"),
				instant(row, "last_attempt_at"));
	}

	private static String[] codes(List<EventType> types) {
		return types.stream().map(EventType::code).toArray(String[]::new);
	}

	static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
		return (value != null) ? value.toInstant() : null;
	}

	static OffsetDateTime utc(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

	private static @Nullable OffsetDateTime utcOrNull(@Nullable Instant instant) {
		return (instant != null) ? utc(instant) : null;
	}

}
