package productimporter.imports;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads which file an import has and what was asked of it.
 */
@Repository
class RunFileQuery {

	private static final JsonMapper JSON = new JsonMapper();

	private final JdbcClient jdbc;

	RunFileQuery(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** An import that exists. */
	RunFile find(UUID run) {
		return this.jdbc.sql("SELECT upload_id, options::text FROM import_run WHERE id = ?")
			.param(run)
			.query((row, number) -> new RunFile(row.getObject(1, UUID.class), options(row.getString(2))))
			.single();
	}

	static Map<String, String> options(String json) {
		Map<String, String> options = new TreeMap<>();
		JSON.readTree(json).properties().forEach((entry) -> options.put(entry.getKey(), entry.getValue().asString()));
		return options;
	}

	static String json(Map<String, String> options) {
		return JSON.writeValueAsString(options);
	}

	/**
	 * The file of an import.
	 *
	 * @param fields what was asked, as {@link ImportOptions#of} reads it
	 */
	record RunFile(UUID upload, Map<String, String> fields) {

		ImportOptions options() {
			return ImportOptions.of(this.fields);
		}

	}

}
