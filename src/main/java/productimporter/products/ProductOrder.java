package productimporter.products;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.springframework.http.HttpStatus;

import productimporter.platform.RequestRefused;

/**
 * How a list is sorted; products that are equal in that follow each other by SKU.
 */
record ProductOrder(Column column, boolean descending) {

	static final ProductOrder DEFAULT = new ProductOrder(Column.SKU, false);

	/**
	 * Read the value of {@code sort}.
	 * @param sort a column, with {@code -} before it for descending
	 */
	static ProductOrder of(String sort) {
		boolean descending = sort.startsWith("-");
		String name = descending ? sort.substring(1) : sort;
		return Arrays.stream(Column.values())
			.filter((column) -> column.code().equals(name))
			.findFirst()
			.map((column) -> new ProductOrder(column, descending))
			.orElseThrow(() -> new RequestRefused(HttpStatus.BAD_REQUEST, "sort_unknown",
					"Products are sorted by "
							+ Arrays.stream(Column.values()).map(Column::code).collect(Collectors.joining(", "))
							+ ", with a - before it for descending.",
					"sort"));
	}

	String code() {
		return (this.descending ? "-" : "") + this.column.code();
	}

	/**
	 * A column to sort by. Its key is never null in SQL, and short enough for a token: a
	 * name counts with its first 100 characters in lower case; no price is less than any.
	 */
	enum Column {

		SKU("sku", "sku"), NAME("lower(left(name, 100))", "lower(left(name, 100))"),
		PRICE("coalesce(price, -1)", "coalesce(price, -1)::text"),
		UPDATED_AT("updated_at", "to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");

		private final String key;

		private final String keyAsText;

		Column(String key, String keyAsText) {
			this.key = key;
			this.keyAsText = keyAsText;
		}

		String code() {
			return name().toLowerCase(Locale.ROOT);
		}

		/** As SQL. */
		String key() {
			return this.key;
		}

		/** As SQL. */
		String keyAsText() {
			return this.keyAsText;
		}

		/**
		 * A key for a parameter of SQL.
		 * @throws IllegalArgumentException when it can't be one
		 */
		Object parse(String text) {
			return switch (this) {
				case SKU, NAME -> text;
				case PRICE -> new BigDecimal(matching(text, "-1|\\d{1,10}\\.\\d\\d"));
				case UPDATED_AT -> {
					try {
						yield OffsetDateTime.parse(matching(text, "\\d{4}-[0-9T:.-]+Z"));
					}
					catch (DateTimeException ex) {
						throw new IllegalArgumentException(ex);
					}
				}
			};
		}

		private static String matching(String text, String pattern) {
			if (!text.matches(pattern)) {
				throw new IllegalArgumentException("Not a key: " + text);
			}
			return text;
		}

	}

}
