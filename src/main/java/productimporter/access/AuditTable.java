package productimporter.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Every statement of {@code audit_entry}.
 */
@Repository
class AuditTable {

	private static final String MATCHES = """
			WHERE (:actor::text IS NULL OR actor = :actor)
			AND (:action::text IS NULL OR action = :action OR action LIKE :action || '.%')
			AND (:subject::text IS NULL OR subject = :subject)
			AND (:from::timestamptz IS NULL OR at >= :from) AND (:to::timestamptz IS NULL OR at < :to)""";

	private final JdbcClient jdbc;

	AuditTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void insert(Entry entry) {
		this.jdbc.sql("""
				INSERT INTO audit_entry (at, actor, via, address, action, subject, status, details)
				VALUES (:at, :actor, :via, :address, :action, :subject, :status, :details)""")
			.param("at", entry.at().atOffset(ZoneOffset.UTC))
			.param("actor", entry.actor())
			.param("via", entry.via())
			.param("address", entry.address(), Types.VARCHAR)
			.param("action", entry.action())
			.param("subject", entry.subject(), Types.VARCHAR)
			.param("status", entry.status(), Types.INTEGER)
			.param("details", entry.details(), Types.VARCHAR)
			.update();
	}

	/**
	 * Entries, newest first.
	 * @param before the id of the entry that they come behind, or {@link Long#MAX_VALUE}
	 */
	List<Entry> page(AuditFilter filter, long before, int size) {
		return this.jdbc
			.sql("SELECT id, at, actor, via, address, action, subject, status, details FROM audit_entry " + MATCHES
					+ " AND id < :before ORDER BY id DESC LIMIT :size")
			.params(parameters(filter))
			.param("before", before)
			.param("size", size)
			.query((row, number) -> entry(row))
			.list();
	}

	/**
	 * The id of the entry that the page before the one behind {@code before} begins with.
	 */
	List<Long> newer(AuditFilter filter, long before, int size) {
		return this.jdbc.sql("SELECT id FROM audit_entry " + MATCHES + " AND id >= :before ORDER BY id LIMIT :size")
			.params(parameters(filter))
			.param("before", before)
			.param("size", size)
			.query(Long.class)
			.list();
	}

	/**
	 * Deletes some of what is older.
	 * @return how many
	 */
	int deleteBefore(Instant at, int atMost) {
		return this.jdbc
			.sql("DELETE FROM audit_entry WHERE id IN (SELECT id FROM audit_entry WHERE at < ? ORDER BY at LIMIT ?)")
			.params(at.atOffset(ZoneOffset.UTC), atMost)
			.update();
	}

	private static Map<String, Object> parameters(AuditFilter filter) {
		return Map.of("actor", value(filter.actor()), "action", value(filter.action()), "subject",
				value(filter.subject()), "from", time(filter.start()), "to", time(filter.end()));
	}

	private static Object value(@Nullable String text) {
		return new SqlParameterValue(Types.VARCHAR, text);
	}

	private static Object time(@Nullable Instant at) {
		return new SqlParameterValue(Types.TIMESTAMP_WITH_TIMEZONE, (at != null) ? at.atOffset(ZoneOffset.UTC) : null);
	}

	private static Entry entry(ResultSet row) throws SQLException {
		int status = row.getInt("status");
		return new Entry(row.getLong("id"), row.getObject("at", OffsetDateTime.class).toInstant(),
				row.getString("actor"), row.getString("via"), row.getString("address"), row.getString("action"),
				row.getString("subject"), (status != 0) ? status : null, row.getString("details"));
	}

	/**
	 * Who did what.
	 *
	 * @param id 0 before it is stored
	 * @param via {@code session}, {@code basic}, {@code token}, {@code local},
	 * {@code none} or {@code system}
	 * @param status of the answer, where it was a call by HTTP
	 * @param details as JSON
	 */
	record Entry(long id, Instant at, String actor, String via, @Nullable String address, String action,
			@Nullable String subject, @Nullable Integer status, @Nullable String details) {
	}

}
