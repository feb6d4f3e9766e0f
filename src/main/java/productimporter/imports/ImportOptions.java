package productimporter.imports;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

import productimporter.platform.RequestRefused;
import productimporter.uploads.CsvOptions;
import productimporter.uploads.ProductColumns;

/**
 * What somebody asked of an import, and how its file is to be read.
 *
 * @param csv how the file is written
 * @param dryRun whether nothing is to be written
 * @param duplicates what becomes of rows with the same SKU
 * @param mode which products may be touched
 * @param cleared the fields of which an empty cell clears the stored value
 * @param limit how many rows may be refused
 */
public record ImportOptions(CsvOptions csv, boolean dryRun, Duplicates duplicates, Mode mode, Set<String> cleared,
		RefusalLimit limit) {

	/**
	 * Nothing is asked.
	 */
	public static final ImportOptions DEFAULT = of(Map.of());

	private static final Set<String> NAMES = Set.of("dry_run", "on_error", "max_errors", "blank", "duplicates", "mode");

	private static final Set<String> CLEARABLE = Set.of("description", "price");

	/**
	 * Read them from fields of a form.
	 * @param fields value by name
	 * @throws RequestRefused naming a field that is unknown or can't be understood
	 */
	public static ImportOptions of(Map<String, String> fields) {
		for (String name : fields.keySet()) {
			if (!NAMES.contains(name) && !CsvOptions.NAMES.contains(name)) {
				throw new RequestRefused(HttpStatus.UNPROCESSABLE_CONTENT, "option_unknown",
						"There is no option '" + name + "'. Leave it out.", name);
			}
		}
		return new ImportOptions(CsvOptions.of(fields),
				"true".equals(oneOf(fields, "dry_run", "false", Set.of("true", "false"))),
				Duplicates.valueOf(upper(oneOf(fields, "duplicates", "last", Set.of("last", "first", "refuse")))),
				Mode.valueOf(upper(oneOf(fields, "mode", "upsert", Set.of("upsert", "create", "update")))),
				cleared(fields.getOrDefault("blank", "keep")), limit(fields));
	}

	private static RefusalLimit limit(Map<String, String> fields) {
		String most = fields.get("max_errors");
		String onError = oneOf(fields, "on_error", (most != null) ? "abort" : "skip", Set.of("skip", "abort"));
		if (onError.equals("skip") && most != null) {
			throw invalid("max_errors", "'max_errors' is of use only with on_error=abort. Leave one of the two out.");
		}
		return onError.equals("skip") ? RefusalLimit.NONE : RefusalLimit.of((most != null) ? most : "0");
	}

	private static Set<String> cleared(String blank) {
		if (blank.equals("keep")) {
			return Set.of();
		}
		if (blank.equals("clear")) {
			return CLEARABLE;
		}
		Set<String> cleared = new TreeSet<>();
		if (!blank.strip().startsWith("{")) {
			throw invalid("blank", "'blank' is keep or clear, or says so by field, such as {\"price\": \"clear\"}.");
		}
		for (Map.Entry<String, JsonNode> entry : CsvOptions.object("blank", blank).properties()) {
			String value = entry.getValue().isString() ? entry.getValue().asString() : "";
			boolean clear = value.equals("clear");
			if (!ProductColumns.FIELDS.contains(entry.getKey()) || !(clear || value.equals("keep"))) {
				throw invalid("blank", "'blank' says keep or clear of the fields "
						+ String.join(", ", ProductColumns.FIELDS) + ", such as {\"price\": \"clear\"}.");
			}
			if (clear && !CLEARABLE.contains(entry.getKey())) {
				throw invalid("blank", "Name and SKU can never be cleared.");
			}
			if (clear) {
				cleared.add(entry.getKey());
			}
		}
		return Set.copyOf(cleared);
	}

	private static String oneOf(Map<String, String> fields, String name, String otherwise, Set<String> values) {
		String value = fields.getOrDefault(name, otherwise);
		if (!values.contains(value)) {
			throw invalid(name, "'" + name + "' is " + String.join(" or ", new TreeSet<>(values)) + ".");
		}
		return value;
	}

	private static RequestRefused invalid(String field, String detail) {
		return new RequestRefused(HttpStatus.UNPROCESSABLE_CONTENT, "option_invalid", detail, field);
	}

	private static String upper(String value) {
		return value.toUpperCase(Locale.ROOT);
	}

	/** What becomes of accepted rows with the same SKU. */
	public enum Duplicates {

		/** The last one is imported, the others are superseded. */
		LAST,

		/** The first one is imported, the others are superseded. */
		FIRST,

		/** All of them are refused. */
		REFUSE

	}

	/** Which products an import may touch. A row that may touch none is unchanged. */
	public enum Mode {

		/** All. */
		UPSERT,

		/** It creates products and leaves those alone that exist. */
		CREATE,

		/** It updates products that exist and creates none. */
		UPDATE

	}

}
