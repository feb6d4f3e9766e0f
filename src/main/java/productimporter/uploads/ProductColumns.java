package productimporter.uploads;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

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

	/** The fields of a product that a file can hold. */
	public static final List<String> FIELDS = List.of("sku", "name", "description", "price");

	private static final List<String> REQUIRED = List.of("sku", "name");

	public ProductColumns {
		ignored = List.copyOf(ignored);
	}

	/**
	 * The column of a field.
	 * @return index from 0, -1 where the file has none
	 */
	public int of(String field) {
		return switch (field) {
			case "sku" -> this.sku;
			case "name" -> this.name;
			case "description" -> this.description;
			default -> this.price;
		};
	}

	/**
	 * Find the columns: those that the mapping names, then those that have the very name
	 * of a field, in any case, then those with another name that is known for one.
	 * @param header the names, trimmed
	 * @param mapping see {@link CsvOptions#mapping()}
	 * @throws UnreadableFile {@code column_twice}, if two could hold one field;
	 * {@code column_unknown}, if the mapping names one that is not there
	 */
	static ProductColumns of(List<String> header, Map<String, @Nullable String> mapping) {
		Map<String, Integer> found = new LinkedHashMap<>();
		mapping.forEach((field, column) -> found.put(field, (column != null) ? mapped(field, column, header) : -1));
		List<Integer> taken = found.values().stream().filter((index) -> index >= 0).toList();
		if (taken.stream().distinct().count() < taken.size()) {
			throw UnreadableFile.ofOption("column_twice", "mapping",
					"The mapping gives one column to two fields. Each field needs a column of its own.");
		}
		for (String field : FIELDS) {
			if (!found.containsKey(field)) {
				found.put(field, byName(field, header, taken));
			}
		}
		List<String> ignored = new ArrayList<>();
		for (int i = 0; i < header.size(); i++) {
			String name = header.get(i);
			if (!name.isEmpty() && !found.containsValue(i) && !name.equals(CsvFormat.INERT_FORMULAS_COLUMN)
					&& !name.equals(RefusedColumns.RUN)) {
				ignored.add(name);
			}
		}
		return new ProductColumns(found.getOrDefault("sku", -1), found.getOrDefault("name", -1),
				found.getOrDefault("description", -1), found.getOrDefault("price", -1), header.size(), ignored);
	}

	/**
	 * Find the columns as far as they can be told, without a complaint about others.
	 */
	static ProductColumns guess(List<String> header, Map<String, @Nullable String> mapping) {
		Map<String, @Nullable String> certain = new LinkedHashMap<>();
		for (String field : FIELDS) {
			Map<String, @Nullable String> alone = new LinkedHashMap<>(certain);
			FIELDS.forEach((other) -> alone.putIfAbsent(other, null));
			alone.remove(field);
			if (mapping.get(field) != null || mapping.containsKey(field)) {
				alone.put(field, mapping.get(field));
			}
			try {
				int column = of(header, alone).of(field);
				certain.put(field, (column >= 0) ? header.get(column) : null);
			}
			catch (UnreadableFile ex) {
				certain.put(field, null);
			}
		}
		return of(header, certain);
	}

	/** The required fields that have no column. */
	List<String> missing() {
		return REQUIRED.stream().filter((field) -> of(field) < 0).toList();
	}

	/** How many fields have a column. */
	int known() {
		return (int) FIELDS.stream().filter((field) -> of(field) >= 0).count();
	}

	/** Some names of a header, for people. */
	static String listed(List<String> header) {
		String found = header.stream().limit(20).map(ProductColumns::quoted).collect(Collectors.joining(", "));
		return (header.size() > 20) ? found + ", … (%,d columns)".formatted(header.size()) : found;
	}

	private static String quoted(String name) {
		return '"' + ((name.length() > 80) ? name.substring(0, 79) + "…" : name) + '"';
	}

	private static int mapped(String field, String column, List<String> header) {
		List<Integer> same = indexes(header, (name) -> name.equals(column.strip()));
		if (same.isEmpty()) {
			same = indexes(header, (name) -> name.equalsIgnoreCase(column.strip()));
		}
		if (same.size() == 1) {
			return same.get(0);
		}
		throw same.isEmpty()
				? UnreadableFile.ofOption("column_unknown", "mapping",
						"The mapping takes the %s from a column named %s, which the file doesn't have. Found: %s."
							.formatted(field, quoted(column), listed(header)))
				: UnreadableFile.ofOption("column_twice", "mapping",
						"The mapping takes the %s from a column named %s, and columns %d and %d have that name. Rename one of them. Found: %s."
							.formatted(field, quoted(column), same.get(0) + 1, same.get(1) + 1, listed(header)));
	}

	private static int byName(String field, List<String> header, List<Integer> taken) {
		List<Integer> same = without(taken, indexes(header, (name) -> name.toLowerCase(Locale.ROOT).equals(field)));
		if (same.size() > 1) {
			throw UnreadableFile.ofColumn("column_twice", field,
					"Columns %d and %d of the header are both named \"%s\". Rename or remove one of them, and upload the file again. Found: %s."
						.formatted(same.get(0) + 1, same.get(1) + 1, field, listed(header)));
		}
		if (same.isEmpty()) {
			same = without(taken, indexes(header, (name) -> field.equals(FieldNames.field(name))));
		}
		if (same.size() > 1) {
			throw UnreadableFile.ofColumn("column_twice", field,
					"Columns %d and %d of the header, %s and %s, could both be the %s. Say which one it is by a mapping, such as {\"%s\": %s}. Found: %s."
						.formatted(same.get(0) + 1, same.get(1) + 1, quoted(header.get(same.get(0))),
								quoted(header.get(same.get(1))), field, field, quoted(header.get(same.get(0))),
								listed(header)));
		}
		return same.isEmpty() ? -1 : same.get(0);
	}

	private static List<Integer> indexes(List<String> header, java.util.function.Predicate<String> condition) {
		return IntStream.range(0, header.size()).filter((i) -> condition.test(header.get(i))).boxed().toList();
	}

	private static List<Integer> without(List<Integer> taken, List<Integer> indexes) {
		return indexes.stream().filter((index) -> !taken.contains(index)).toList();
	}

}
