package productimporter.notifications;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Every statement of {@code mail}.
 */
@Repository
class MailTable {

	private final JdbcClient jdbc;

	MailTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void add(Mail mail) {
		this.jdbc.sql("""
				INSERT INTO mail (id, recipient, template, content, queued_at)
				VALUES (?, ?, ?, ?::jsonb, ?)""")
			.params(mail.id(), mail.recipient(), mail.template(), mail.content(), utc(mail.queuedAt()))
			.update();
	}

	/** A mail that is to be tried. */
	Optional<Mail> find(UUID id) {
		return this.jdbc
			.sql("SELECT id, recipient, template, content, queued_at, tries FROM mail"
					+ " WHERE id = ? AND given_up_at IS NULL")
			.param(id)
			.query(MailTable::mail)
			.optional();
	}

	void sent(UUID id) {
		this.jdbc.sql("DELETE FROM mail WHERE id = ?").param(id).update();
	}

	void failed(UUID id, String error) {
		this.jdbc.sql("UPDATE mail SET tries = tries + 1, last_error = ? WHERE id = ?").params(error, id).update();
	}

	void giveUp(UUID id, Instant now) {
		this.jdbc.sql("UPDATE mail SET given_up_at = ? WHERE id = ?").params(utc(now), id).update();
	}

	int forgetGivenUp(Instant before) {
		return this.jdbc.sql("DELETE FROM mail WHERE given_up_at < ?").param(utc(before)).update();
	}

	MailFigures figures() {
		return this.jdbc
			.sql("""
					SELECT count(*) FILTER (WHERE given_up_at IS NULL) AS waiting,
					       coalesce(extract(epoch FROM now() - min(queued_at) FILTER (WHERE given_up_at IS NULL)), 0) AS age,
					       count(*) FILTER (WHERE given_up_at IS NOT NULL) AS given_up
					FROM mail""")
			.query((row, number) -> new MailFigures(row.getLong("waiting"), row.getDouble("age"),
					row.getLong("given_up")))
			.single();
	}

	/** Of the mails that are still there, the error that came last. */
	Optional<MailError> lastError() {
		return this.jdbc
			.sql("""
					SELECT m.last_error, m.given_up_at IS NOT NULL AS given_up, coalesce(m.given_up_at, s.last_failure) AS at
					FROM mail m LEFT JOIN scheduled_mail s ON s.task_name = 'mail' AND s.task_instance = m.id::text
					WHERE m.last_error IS NOT NULL
					ORDER BY at DESC NULLS FIRST, m.id DESC
					LIMIT 1""")
			.query((row, number) -> {
				OffsetDateTime at = row.getObject("at", OffsetDateTime.class);
				return new MailError(row.getString("last_error"), (at != null) ? at.toInstant() : null,
						row.getBoolean("given_up"));
			})
			.optional();
	}

	private static Mail mail(ResultSet row, int number) throws SQLException {
		return new Mail(row.getObject("id", UUID.class), row.getString("recipient"), row.getString("template"),
				row.getString("content"), row.getObject("queued_at", OffsetDateTime.class).toInstant(),
				row.getInt("tries"));
	}

	private static OffsetDateTime utc(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

}
