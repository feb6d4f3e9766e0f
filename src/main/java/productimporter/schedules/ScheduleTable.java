package productimporter.schedules;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Every statement of {@code schedule}.
 */
@Repository
class ScheduleTable {

	private final JdbcClient jdbc;

	private final FilterJson filters;

	ScheduleTable(JdbcClient jdbc, FilterJson filters) {
		this.jdbc = jdbc;
		this.filters = filters;
	}

	void insert(UUID id, ScheduleDraft wanted, @Nullable Instant nextAt, Instant now) {
		values(this.jdbc.sql("""
				INSERT INTO schedule (id, name, cron, time_zone, enabled, filter, not_updated_for_days, max_products,
				                      next_at, created_at)
				VALUES (:id, :name, :cron, :zone, :enabled, :filter::jsonb, :days, :limit, :next, :now)"""), id, wanted,
				nextAt)
			.param("now", utc(now))
			.update();
	}

	void update(UUID id, ScheduleDraft wanted, @Nullable Instant nextAt) {
		values(this.jdbc.sql("""
				UPDATE schedule
				SET name = :name, cron = :cron, time_zone = :zone, enabled = :enabled, filter = :filter::jsonb,
				    not_updated_for_days = :days, max_products = :limit, next_at = :next
				WHERE id = :id"""), id, wanted, nextAt).update();
	}

	private JdbcClient.StatementSpec values(JdbcClient.StatementSpec statement, UUID id, ScheduleDraft wanted,
			@Nullable Instant nextAt) {
		return statement.param("id", id)
			.param("name", wanted.name())
			.param("cron", wanted.cron())
			.param("zone", wanted.timeZone())
			.param("enabled", wanted.enabled())
			.param("filter", this.filters.write(wanted.filter()))
			.param("days", new SqlParameterValue(Types.INTEGER, wanted.notUpdatedForDays()))
			.param("limit", new SqlParameterValue(Types.BIGINT, wanted.limit()))
			.param("next", timestamp(nextAt));
	}

	/** A time has come: what became of it, and when the next one does. */
	void passed(UUID id, DeleteSchedule.Last last, @Nullable Instant nextAt, @Nullable UUID run) {
		this.jdbc.sql("""
				UPDATE schedule
				SET last_at = :at, last_result = :result, last_count = :count, next_at = :next,
				    run_id = coalesce(:run, run_id)
				WHERE id = :id""")
			.param("at", utc(last.at()))
			.param("result", last.result().code())
			.param("count", new SqlParameterValue(Types.BIGINT, last.count()))
			.param("next", timestamp(nextAt))
			.param("run", new SqlParameterValue(Types.OTHER, run))
			.param("id", id)
			.update();
	}

	boolean delete(UUID id) {
		return this.jdbc.sql("DELETE FROM schedule WHERE id = ?").param(id).update() == 1;
	}

	Optional<DeleteSchedule> find(UUID id) {
		return this.jdbc.sql("SELECT * FROM schedule WHERE id = ?").param(id).query(this::schedule).optional();
	}

	/** Holds it until the surrounding transaction ends. */
	Optional<DeleteSchedule> hold(UUID id) {
		return this.jdbc.sql("SELECT * FROM schedule WHERE id = ? FOR UPDATE")
			.param(id)
			.query(this::schedule)
			.optional();
	}

	/** The schedule whose last job this is. */
	Optional<String> nameByRun(UUID run) {
		return this.jdbc.sql("SELECT name FROM schedule WHERE run_id = ?").param(run).query(String.class).optional();
	}

	/** Oldest first. */
	List<DeleteSchedule> all() {
		return this.jdbc.sql("SELECT * FROM schedule ORDER BY created_at, id").query(this::schedule).list();
	}

	private DeleteSchedule schedule(ResultSet row, int number) throws SQLException {
		ScheduleDraft wanted = new ScheduleDraft(row.getString("name"), row.getString("cron"),
				row.getString("time_zone"), row.getBoolean("enabled"), this.filters.read(row.getString("filter")),
				row.getObject("not_updated_for_days", Integer.class), row.getObject("max_products", Long.class));
		Instant lastAt = instant(row, "last_at");
		DeleteSchedule.Last last = (lastAt != null) ? new DeleteSchedule.Last(lastAt,
				DeleteSchedule.Result.valueOf(row.getString("last_result").toUpperCase(Locale.ROOT)),
				row.getObject("last_count", Long.class)) : null;
		return new DeleteSchedule(row.getObject("id", UUID.class), wanted, instant(row, "next_at"), last,
				row.getObject("run_id", UUID.class));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
		return (value != null) ? value.toInstant() : null;
	}

	private static OffsetDateTime utc(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

	private static SqlParameterValue timestamp(@Nullable Instant instant) {
		return new SqlParameterValue(Types.TIMESTAMP_WITH_TIMEZONE, (instant != null) ? utc(instant) : null);
	}

}
