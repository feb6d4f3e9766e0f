package productimporter.imports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every statement of {@code import_profile}.
 */
@Repository
class ImportProfileTable {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String SELECT = "SELECT name, fields::text, updated_at FROM import_profile ";

	private final JdbcClient jdbc;

	ImportProfileTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** In the order of their names. */
	List<ImportProfile> all() {
		return this.jdbc.sql(SELECT + "ORDER BY lower(name), name").query(ImportProfileTable::profile).list();
	}

	Optional<ImportProfile> find(String name) {
		return this.jdbc.sql(SELECT + "WHERE name = ?").param(name).query(ImportProfileTable::profile).optional();
	}

	/** The one that was saved last for a file with these columns. */
	Optional<ImportProfile> of(List<String> header) {
		return this.jdbc.sql(SELECT + "WHERE header = ?::jsonb ORDER BY updated_at DESC LIMIT 1")
			.param(JSON.writeValueAsString(header))
			.query(ImportProfileTable::profile)
			.optional();
	}

	/**
	 * Put one in, or in the place of that of its name.
	 * @return whether it is new
	 */
	boolean save(ImportProfile profile, @Nullable List<String> header) {
		return this.jdbc.sql("""
				INSERT INTO import_profile (name, header, fields, updated_at) VALUES (?, ?::jsonb, ?::jsonb, ?)
				ON CONFLICT (name) DO UPDATE SET header = coalesce(EXCLUDED.header, import_profile.header),
				    fields = EXCLUDED.fields, updated_at = EXCLUDED.updated_at
				RETURNING xmax = 0""")
			.param(profile.name())
			.param((header != null) ? JSON.writeValueAsString(header) : null)
			.param(RunFile.json(profile.fields()))
			.param(ImportRunTable.utc(profile.updatedAt()))
			.query(Boolean.class)
			.single();
	}

	boolean delete(String name) {
		return this.jdbc.sql("DELETE FROM import_profile WHERE name = ?").param(name).update() == 1;
	}

	private static ImportProfile profile(ResultSet row, int number) throws SQLException {
		return new ImportProfile(row.getString(1), RunFile.options(row.getString(2)),
				row.getObject(3, OffsetDateTime.class).toInstant());
	}

}
