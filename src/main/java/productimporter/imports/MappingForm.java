package productimporter.imports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import productimporter.uploads.FormatPreview;
import productimporter.uploads.ProductColumns;
import tools.jackson.databind.json.JsonMapper;

/**
 * The form that says how a file is read and imported.
 *
 * @param sent its fields as a browser sends them
 */
record MappingForm(Map<String, String> sent) {

	/** What decides how the file is cut into cells. */
	static final List<String> FORMAT = List.of("encoding", "delimiter", "quote", "header", "decimal");

	private static final List<String> RULES = List.of("blank", "on_error", "duplicates", "mode");

	private static final JsonMapper JSON = new JsonMapper();

	/** Fields of an upload; an empty one takes back what was said before. */
	Map<String, String> fields() {
		Map<String, String> fields = new TreeMap<>(format());
		RULES.forEach((name) -> fields.put(name, this.sent.getOrDefault(name, "")));
		fields.put("max_errors", "abort".equals(this.sent.get("on_error"))
				? this.sent.getOrDefault("max_errors", "").replace(",", "").strip() : "");
		Map<String, @Nullable String> mapping = new LinkedHashMap<>();
		for (String field : ProductColumns.FIELDS) {
			String column = this.sent.getOrDefault("map." + field, "");
			mapping.put(field, column.isEmpty() ? null : column);
		}
		fields.put("mapping", JSON.writeValueAsString(mapping));
		fields.put("dry_run", Boolean.toString("true".equals(this.sent.get("dry_run"))));
		return fields;
	}

	/** Of the format alone; of a workbook not all of it is asked. */
	Map<String, String> format() {
		Map<String, String> format = new TreeMap<>();
		FORMAT.stream().filter(this.sent::containsKey).forEach((name) -> format.put(name, this.sent.get(name)));
		return format;
	}

	/** What a profile keeps. */
	Map<String, String> profile() {
		Map<String, String> profile = new TreeMap<>(fields());
		profile.remove("dry_run");
		profile.values().removeIf(String::isEmpty);
		return profile;
	}

	/** The name under which all this is to be kept, {@code null} for none. */
	@Nullable String saveAs() {
		String name = this.sent.getOrDefault("save_as", "").strip();
		return name.isEmpty() ? null : name;
	}

	/**
	 * The column of each field, empty for none: as it is chosen, or as the preview has
	 * found it when the choice was made for other columns.
	 */
	Map<String, String> columns(FormatPreview preview) {
		List<String> chosen = ProductColumns.FIELDS.stream()
			.map((field) -> this.sent.getOrDefault("map." + field, ""))
			.filter((column) -> !column.isEmpty())
			.toList();
		boolean holds = !chosen.isEmpty() && preview.columns().containsAll(chosen);
		Map<String, String> columns = new TreeMap<>();
		for (String field : ProductColumns.FIELDS) {
			Integer found = preview.mapping().get(field);
			columns.put(field, holds ? this.sent.getOrDefault("map." + field, "")
					: (found != null) ? preview.columns().get(found) : "");
		}
		return columns;
	}

	String value(String name, String otherwise) {
		String value = this.sent.get(name);
		return (value != null && !value.isEmpty()) ? value : otherwise;
	}

}
