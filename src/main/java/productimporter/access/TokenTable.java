package productimporter.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Every statement of {@code api_token}.
 */
@Repository
class TokenTable {

	private static final String COLUMNS = "id, name, role, created_by, created_at, expires_at, last_used_at";

	private final JdbcClient jdbc;

	TokenTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Put a token in.
	 * @return whether there was none of this name
	 */
	boolean insert(Token token, byte[] hash) {
		return this.jdbc.sql("""
				INSERT INTO api_token (id, name, token_hash, role, created_by, created_at, expires_at)
				VALUES (:id, :name, :hash, :role, :by, :now, :expires) ON CONFLICT (name) DO NOTHING""")
			.param("id", token.id())
			.param("name", token.name())
			.param("hash", hash)
			.param("role", token.role().code())
			.param("by", token.createdBy())
			.param("now", token.createdAt().atOffset(ZoneOffset.UTC))
			.param("expires", (token.expiresAt() != null) ? token.expiresAt().atOffset(ZoneOffset.UTC) : null,
					Types.TIMESTAMP_WITH_TIMEZONE)
			.update() > 0;
	}

	List<Token> all() {
		return this.jdbc.sql("SELECT " + COLUMNS + " FROM api_token ORDER BY name")
			.query((row, number) -> token(row))
			.list();
	}

	Optional<Token> find(UUID id) {
		return this.jdbc.sql("SELECT " + COLUMNS + " FROM api_token WHERE id = ?")
			.param(id)
			.query((row, number) -> token(row))
			.optional();
	}

	/** The token of a hash, unless it is too old. */
	Optional<Token> find(byte[] hash, Instant now) {
		return this.jdbc
			.sql("SELECT " + COLUMNS
					+ " FROM api_token WHERE token_hash = ? AND (expires_at IS NULL OR expires_at > ?)")
			.params(hash, now.atOffset(ZoneOffset.UTC))
			.query((row, number) -> token(row))
			.optional();
	}

	void used(UUID id, Instant now) {
		this.jdbc.sql("UPDATE api_token SET last_used_at = ? WHERE id = ?")
			.params(now.atOffset(ZoneOffset.UTC), id)
			.update();
	}

	void delete(UUID id) {
		this.jdbc.sql("DELETE FROM api_token WHERE id = ?").param(id).update();
	}

	/** Those that someone has made. */
	int deleteOf(String createdBy) {
		return this.jdbc.sql("DELETE FROM api_token WHERE created_by = ?").param(createdBy).update();
	}

	private static Token token(ResultSet row) throws SQLException {
		return new Token(row.getObject("id", UUID.class), row.getString("name"),
				Role.of(row.getString("role")).orElseThrow(), row.getString("created_by"),
				row.getObject("created_at", OffsetDateTime.class).toInstant(), instant(row, "expires_at"),
				instant(row, "last_used_at"));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
		return (at != null) ? at.toInstant() : null;
	}

	/** A token, without what a program shows. */
	record Token(UUID id, String name, Role role, String createdBy, Instant createdAt, @Nullable Instant expiresAt,
			@Nullable Instant lastUsedAt) {
	}

}
