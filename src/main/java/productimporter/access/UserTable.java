package productimporter.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Every statement of {@code app_user}.
 */
@Repository
class UserTable {

	private static final String COLUMNS = "id, name, role, enabled, created_at, password_changed_at";

	private final JdbcClient jdbc;

	UserTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Put a user in.
	 * @return whether there was none of this name
	 */
	boolean insert(UUID id, String name, String passwordHash, Role role, Instant now) {
		return this.jdbc.sql("""
				INSERT INTO app_user (id, name, password_hash, role, created_at, password_changed_at)
				VALUES (:id, :name, :hash, :role, :now, :now) ON CONFLICT (name) DO NOTHING""")
			.param("id", id)
			.param("name", name)
			.param("hash", passwordHash)
			.param("role", role.code())
			.param("now", now.atOffset(ZoneOffset.UTC))
			.update() > 0;
	}

	List<User> all() {
		return this.jdbc.sql("SELECT " + COLUMNS + " FROM app_user ORDER BY name")
			.query((row, number) -> user(row))
			.list();
	}

	Optional<User> find(UUID id) {
		return this.jdbc.sql("SELECT " + COLUMNS + " FROM app_user WHERE id = ?")
			.param(id)
			.query((row, number) -> user(row))
			.optional();
	}

	/** With the hash of the password. */
	Optional<AccessUser> forLogin(String name) {
		return this.jdbc
			.sql("SELECT name, role, enabled, password_hash, password_changed_at FROM app_user WHERE name = ?")
			.param(name)
			.query((row, number) -> new AccessUser(row.getString("name"), Role.of(row.getString("role")).orElseThrow(),
					row.getBoolean("enabled"), row.getString("password_hash"),
					row.getObject("password_changed_at", OffsetDateTime.class).toInstant()))
			.optional();
	}

	/**
	 * Whether nothing has changed since somebody signed in: the role, the password, that
	 * there is such a user.
	 */
	boolean isStill(AccessUser signedIn) {
		return forLogin(signedIn.getUsername()).filter(signedIn::isStill).isPresent();
	}

	/** Locks who can manage users, so that the last two don't take it from each other. */
	List<UUID> lockAdmins() {
		return this.jdbc.sql("SELECT id FROM app_user WHERE role = 'admin' AND enabled ORDER BY id FOR UPDATE")
			.query(UUID.class)
			.list();
	}

	void update(UUID id, Role role, boolean enabled) {
		this.jdbc.sql("UPDATE app_user SET role = ?, enabled = ? WHERE id = ?")
			.params(role.code(), enabled, id)
			.update();
	}

	/** Sets a password. */
	void password(String name, String passwordHash, Instant now) {
		this.jdbc.sql("UPDATE app_user SET password_hash = ?, password_changed_at = ? WHERE name = ?")
			.params(passwordHash, now.atOffset(ZoneOffset.UTC), name)
			.update();
	}

	void delete(UUID id) {
		this.jdbc.sql("DELETE FROM app_user WHERE id = ?").param(id).update();
	}

	private static User user(ResultSet row) throws SQLException {
		return new User(row.getObject("id", UUID.class), row.getString("name"),
				Role.of(row.getString("role")).orElseThrow(), row.getBoolean("enabled"),
				row.getObject("created_at", OffsetDateTime.class).toInstant(),
				row.getObject("password_changed_at", OffsetDateTime.class).toInstant());
	}

	/** A user, without the password. */
	record User(UUID id, String name, Role role, boolean enabled, Instant createdAt, Instant passwordChangedAt) {
	}

}
