package productimporter.uploads;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which column holds which field.
 *
 * @param sku index from 0
 * @param name index from 0
 * @param description index from 0, -1 where the file has none
 * @param price index from 0, -1 where the file has none
 * @param count how many columns the header has
 * @param ignored the names, as the file spells them, of the columns that hold none of
 * these fields; unnamed columns are left out
 */
public record ProductColumns(int sku, int name, int description, int price, int count, List<String> ignored) {

	private static final List<String> FIELDS = List.of("sku", "name", "description", "price");

	private static final List<String> REQUIRED = List.of("sku", "name");

	public ProductColumns {
		ignored = List.copyOf(ignored);
	}

	/**
	 * Find the columns by their names, in any case and order.
	 * @param header the names, trimmed, among them those that are required
	 * @throws UnreadableFile {@code column_twice}, if two have the name of one field
	 */
	static ProductColumns of(List<String> header) {
		List<String> names = lowerCase(header);
		List<String> ignored = new ArrayList<>();
		for (int i = 0; i < names.size(); i++) {
			String name = names.get(i);
			if (!FIELDS.contains(name)) {
				if (!name.isEmpty() && !name.equals(CsvFormat.INERT_FORMULAS_COLUMN)) {
					ignored.add(header.get(i));
				}
			}
			else if (names.indexOf(name) < i) {
				throw UnreadableFile.ofColumn("column_twice", name,
						"Columns %d and %d of the header are both named \"%s\". Rename or remove one of them, and upload the file again."
							.formatted(names.indexOf(name) + 1, i + 1, name));
			}
		}
		return new ProductColumns(names.indexOf("sku"), names.indexOf("name"), names.indexOf("description"),
				names.indexOf("price"), header.size(), ignored);
	}

	/** The required names a header lacks. */
	static List<String> missingFrom(List<String> header) {
		List<String> names = lowerCase(header);
		return REQUIRED.stream().filter((name) -> !names.contains(name)).toList();
	}

	/** How many names of a header are those of fields. */
	static long knownIn(List<String> header) {
		return lowerCase(header).stream().filter(FIELDS::contains).count();
	}

	private static List<String> lowerCase(List<String> header) {
		return header.stream().map((name) -> name.toLowerCase(Locale.ROOT)).toList();
	}

}
