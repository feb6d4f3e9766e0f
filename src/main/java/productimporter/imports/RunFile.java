package productimporter.imports;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import tools.jackson.databind.json.JsonMapper;

/**
 * The file of an import and what was asked of it.
 *
 * @param fields what was asked, as {@link ImportOptions#of} reads it
 */
record RunFile(UUID upload, Map<String, String> fields) {

	private static final JsonMapper JSON = new JsonMapper();

	ImportOptions options() {
		return ImportOptions.of(this.fields);
	}

	static Map<String, String> options(String json) {
		Map<String, String> options = new TreeMap<>();
		JSON.readTree(json).properties().forEach((entry) -> options.put(entry.getKey(), entry.getValue().asString()));
		return options;
	}

	static String json(Map<String, String> options) {
		return JSON.writeValueAsString(options);
	}

}
