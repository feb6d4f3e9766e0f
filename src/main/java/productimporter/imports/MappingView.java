package productimporter.imports;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import productimporter.platform.RequestRefused;
import productimporter.uploads.CsvOptions;
import productimporter.uploads.FormatPreview;
import productimporter.uploads.Price;
import productimporter.uploads.ProductColumns;

/**
 * A file and what is said of it, as the page shows them.
 *
 * @param encoding the one that is chosen, by its name in {@code encodings}
 * @param found what was found where nothing is said, in words, by the name of the field
 * @param fields the fields of a product and their columns
 * @param prices how the prices of the rows are read, empty where there is none
 * @param unused columns that fill no field
 * @param rules the chosen values by the name of the field
 */
record MappingView(String encoding, List<String> encodings, String delimiter, String quote, String header,
		String decimal, Map<String, String> found, List<Field> fields, List<String> columns,
		List<FormatPreview.Row> rows, List<String> prices, List<String> unused, Map<String, String> rules) {

	private static final Map<String, String> LABELS = Map.of("sku", "SKU", "name", "Name", "description", "Description",
			"price", "Price");

	static MappingView of(FormatPreview preview, Map<String, String> said, MappingForm form) {
		Map<String, String> chosen = form.columns(preview);
		List<Field> fields = new ArrayList<>();
		for (String field : ProductColumns.FIELDS) {
			fields.add(Field.of(field, chosen.getOrDefault(field, ""), preview));
		}
		String encoding = preview.charset().name();
		List<String> encodings = new ArrayList<>(CsvOptions.encodings());
		if (!encodings.contains(encoding)) {
			encodings.add(0, encoding);
		}
		List<String> unused = preview.columns()
			.stream()
			.filter((column) -> !column.isEmpty() && !chosen.containsValue(column))
			.toList();
		return new MappingView(encoding, encodings, FormatPreview.nameOf(preview.delimiter()),
				(preview.quote() == '\0') ? "none" : (preview.quote() == '"') ? "double" : "single",
				Boolean.toString(preview.hasHeader()), (preview.decimal() != null) ? preview.decimal().toString() : "",
				found(preview, said), fields, preview.columns(), preview.rows(),
				prices(preview, chosen.getOrDefault("price", "")), unused, rules(said, form));
	}

	/** Place of the column that holds prices, from 0; -1 for none. */
	public int priceColumn() {
		return this.columns.indexOf(this.fields.get(this.fields.size() - 1).column());
	}

	private static List<String> prices(FormatPreview preview, String column) {
		int index = column.isEmpty() ? -1 : preview.columns().indexOf(column);
		return preview.rows()
			.stream()
			.map((row) -> (index >= 0) ? price(row.cells().get(index).strip(), preview.decimal()) : "")
			.toList();
	}

	/** A price as it would be stored, or why it can't be. */
	private static String price(String cell, @Nullable Character decimal) {
		if (cell.isEmpty()) {
			return "";
		}
		if (decimal == null && cell.matches("[+-]?[0-9.,]*[.,][0-9.,]*")) {
			return "?";
		}
		String plain = Price.plain(cell, decimal);
		Price.Problem problem = Price.problem(plain);
		if (problem == null) {
			return new BigDecimal(plain).setScale(2, RoundingMode.DOWN).toPlainString();
		}
		return switch (problem) {
			case NOT_A_NUMBER -> "not a price";
			case NEGATIVE -> "less than 0";
			case TOO_MANY_DECIMALS -> "too many decimals";
			case TOO_LARGE -> "too large";
		};
	}

	private static Map<String, String> found(FormatPreview preview, Map<String, String> said) {
		Map<String, String> found = new LinkedHashMap<>();
		if (!said.containsKey("encoding")) {
			found.put("encoding", "Detected: " + preview.charset().name());
		}
		if (!said.containsKey("delimiter")) {
			found.put("delimiter", "Detected: " + preview.columns().size()
					+ ((preview.columns().size() == 1) ? " column" : " columns"));
		}
		if (!said.containsKey("decimal")) {
			found.put("decimal",
					(preview.decimal() != null) ? "Detected: " + ((preview.decimal() == ',') ? "comma" : "full stop")
							: "No price says which it is");
		}
		return found;
	}

	private static Map<String, String> rules(Map<String, String> said, MappingForm form) {
		Map<String, String> rules = new LinkedHashMap<>();
		rules.put("blank", blank(form.value("blank", said.getOrDefault("blank", "keep"))));
		rules.put("on_error", form.value("on_error", said.getOrDefault("on_error", "skip")).toLowerCase(Locale.ROOT));
		rules.put("max_errors", form.value("max_errors", said.getOrDefault("max_errors", "")));
		rules.put("duplicates", form.value("duplicates", said.getOrDefault("duplicates", "last")));
		rules.put("mode", form.value("mode", said.getOrDefault("mode", "upsert")));
		rules.put("save_as", form.value("save_as", ""));
		return rules;
	}

	/** The choice of the page that means the same; by field there is one for each. */
	private static String blank(String said) {
		try {
			Set<String> cleared = ImportOptions.of(Map.of("blank", said)).cleared();
			return (cleared.size() > 1) ? "clear"
					: cleared.isEmpty() ? "keep" : "{\"%s\": \"clear\"}".formatted(cleared.iterator().next());
		}
		catch (RequestRefused ex) {
			return "keep";
		}
	}

	/**
	 * A field of a product.
	 *
	 * @param column the name of its column, empty for none
	 * @param first what stands there in the first row, {@code null} for nothing
	 */
	record Field(String name, String label, boolean required, String column, @Nullable String first) {

		static Field of(String name, String column, FormatPreview preview) {
			int index = preview.columns().indexOf(column);
			String first = (index >= 0 && !preview.rows().isEmpty()) ? preview.rows().get(0).cells().get(index) : null;
			return new Field(name, LABELS.getOrDefault(name, name), name.equals("sku") || name.equals("name"), column,
					first);
		}

	}

}
