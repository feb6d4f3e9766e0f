package productimporter.imports;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import productimporter.uploads.CsvOptions;
import productimporter.uploads.ProductColumns;

/**
 * What was asked of an import and how its file is read, in words.
 */
final class RunSettings {

	/** The labels of what only text has. */
	static final Set<String> OF_TEXT = Set.of("Encoding", "Columns between");

	private RunSettings() {
	}

	/** Label to value, in the order of the page. */
	static Map<String, String> inWords(Map<String, String> fields) {
		ImportOptions options = ImportOptions.of(fields);
		CsvOptions csv = options.csv();
		Map<String, String> words = new LinkedHashMap<>();
		if (csv.encoding() != null) {
			words.put("Encoding", csv.encoding().name());
		}
		if (csv.delimiter() != null) {
			words.put("Columns between", (csv.delimiter() == '\t') ? "Tabs" : String.valueOf(csv.delimiter()));
		}
		if (csv.decimal() != null) {
			words.put("Decimal mark", (csv.decimal() == ',') ? "Comma" : "Full stop");
		}
		for (String field : ProductColumns.FIELDS) {
			String column = csv.mapping().get(field);
			if (column != null && !column.equals(field)) {
				words.put("Column of the " + (field.equals("sku") ? "SKU" : field),
						csv.header() ? column : "Column " + column);
			}
		}
		words.put("Same SKU twice", switch (options.duplicates()) {
			case LAST -> "The last row counts";
			case FIRST -> "The first row counts";
			case REFUSE -> "All rows with it are refused";
		});
		words.put("Blank cells", options.cleared().isEmpty() ? "Keep the stored value"
				: "Clear the stored " + String.join(" and ", options.cleared()));
		words.put("Refused rows", options.limit().inWords());
		switch (options.mode()) {
			case CREATE -> words.put("Products", "Only new ones are created");
			case UPDATE -> words.put("Products", "Only those that exist are updated");
			default -> {
			}
		}
		return words;
	}

}
