package productimporter.webhooks;

import java.time.Instant;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import static productimporter.webhooks.WebhookTable.utc;

/**
 * Deletes what is old, some rows at a time.
 */
@Repository
class EventRetentionTable {

	private static final int BATCH = 1000;

	private final JdbcClient jdbc;

	EventRetentionTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Deliveries that wait for one of them expire. Tells how many events. */
	int forgetEvents(Instant before, Instant now) {
		this.jdbc.sql("""
				UPDATE webhook_delivery SET state = 'expired', finished_at = ?
				WHERE state IN ('pending', 'held') AND created_at < ?""").params(utc(now), utc(before)).update();
		this.jdbc.sql("DELETE FROM webhook_upload WHERE updated_at < ?").param(utc(before)).update();
		return repeat("""
				DELETE FROM webhook_event WHERE id IN (
				    SELECT id FROM webhook_event WHERE occurred_at < ? LIMIT ?)""", before);
	}

	/** With their tries. Tells how many deliveries. */
	int forgetDeliveries(Instant before) {
		repeat("DELETE FROM webhook_try WHERE id IN (SELECT id FROM webhook_try WHERE started_at < ? LIMIT ?)", before);
		return repeat(
				"DELETE FROM webhook_delivery WHERE id IN (SELECT id FROM webhook_delivery WHERE created_at < ? LIMIT ?)",
				before);
	}

	private int repeat(String sql, Instant before) {
		int all = 0;
		int some;
		do {
			some = this.jdbc.sql(sql).params(utc(before), BATCH).update();
			all += some;
		}
		while (some == BATCH);
		return all;
	}

}
