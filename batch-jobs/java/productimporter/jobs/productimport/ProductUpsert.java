package productimporter.jobs.productimport;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import productimporter.imports.ImportOptions;
import productimporter.products.ProductChanges;
import productimporter.uploads.ProductColumns;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The statement that puts products in or changes them, many at once: its parameters are
 * arrays, one for each column, which costs pgjdbc half of what a rewritten batch of rows
 * does (ops/decisions/0019). A field without a column in the file, or with an empty cell
 * that doesn't clear it, keeps its value; a product of which nothing changes is not
 * written at all.
 */
final class ProductUpsert {

	private static final String BY_INDEX = "SET LOCAL enable_seqscan = off";

	private final boolean description;

	private final boolean price;

	private final ImportOptions options;

	private final BinaryArray array = new BinaryArray();

	ProductUpsert(ProductColumns columns, ImportOptions options) {
		this.options = options;
		this.description = columns.description() >= 0;
		this.price = columns.price() >= 0;
	}

	/**
	 * The statement.
	 * @param tellChanges whether an update notes in {@code import_changes} which values it
	 * changed, as {@link ProductChanges.Item#changes} has them
	 */
	String sql(boolean tellChanges) {
		List<String> optional = optional();
		String columns = optionalColumns();
		String set = optional.stream()
			.map((column) -> ", " + column + " = " + newValue(column))
			.collect(Collectors.joining());
		String note = tellChanges ? ", import_changes = " + changes() : "";
		String before = optional.stream().map((column) -> ", product." + column).collect(Collectors.joining());
		String after = optional.stream().map((column) -> ", " + newValue(column)).collect(Collectors.joining());
		String source = source();
		return switch (this.options.mode()) {
			case CREATE -> """
					INSERT INTO product (id, sku, name%s) SELECT * FROM %s AS sent
					ON CONFLICT (sku) DO NOTHING""".formatted(columns, source);
			case UPDATE -> """
					UPDATE product SET name = EXCLUDED.name%s, updated_at = now()%s
					FROM %s AS EXCLUDED(id, sku, name%s)
					WHERE product.sku = EXCLUDED.sku AND (product.name%s) IS DISTINCT FROM (EXCLUDED.name%s)""".formatted(set,
					note, source, columns, before, after);
			case UPSERT -> """
					INSERT INTO product (id, sku, name%s) SELECT * FROM %s AS sent
					ON CONFLICT (sku) DO UPDATE SET name = EXCLUDED.name%s, updated_at = now()%s
					WHERE (product.name%s) IS DISTINCT FROM (EXCLUDED.name%s)""".formatted(columns, source, set, note,
					before, after);
		};
	}

	/**
	 * Call in the transaction, before a statement looks for products: a plan that was made
	 * for a table without products would be kept, and read the whole of it for each SKU when
	 * it has filled.
	 */
	static void lookByIndex(JdbcTemplate jdbc) {
		jdbc.execute(BY_INDEX);
	}

	/** What puts products in of which none is there. */
	String copySql() {
		return "COPY product (id, sku, name%s) FROM STDIN (FORMAT binary)"
			.formatted(optionalColumns());
	}

	/**
	 * Compares products with those that are there and notes in {@code dry_run_change} what
	 * {@link #sql} would do; answers how many it would create and how many it would update.
	 * The run's id is its first parameter.
	 */
	String dryRunSql() {
		String touched = switch (this.options.mode()) {
			case CREATE -> "product.sku IS NULL";
			case UPDATE -> "product.sku IS NOT NULL AND " + changes() + " <> 0";
			case UPSERT -> "product.sku IS NULL OR " + changes() + " <> 0";
		};
		String columns = optionalColumns();
		String noted = optional().stream()
			.map((column) -> ", %1$s_before, %1$s".formatted(column))
			.collect(Collectors.joining());
		String values = optional().stream()
			.map((column) -> ", " + ifChanged(column, "product." + column) + ", "
					+ ifChanged(column, newValue(column)))
			.collect(Collectors.joining());
		// one look into the index for each product, whatever the planner thinks
		return """
				WITH change AS (
				    INSERT INTO dry_run_change (run_id, sku, created, changes, name_before, name%s)
				    SELECT ?, EXCLUDED.sku, product.sku IS NULL, %s, %s, %s%s
				    FROM %s AS EXCLUDED(id, sku, name%s)
				    LEFT JOIN LATERAL (SELECT * FROM product p WHERE p.sku = EXCLUDED.sku OFFSET 0) AS product ON true
				    WHERE %s
				    RETURNING created)
				SELECT count(*) FILTER (WHERE created), count(*) FILTER (WHERE NOT created) FROM change""".formatted(
				noted, changes(), ifChanged("name", "product.name"), ifChanged("name", "EXCLUDED.name"), values,
				source(), columns, touched);
	}

	private String ifChanged(String column, String value) {
		String after = column.equals("name") ? "EXCLUDED.name" : newValue(column);
		return "CASE WHEN product.%1$s IS DISTINCT FROM %2$s THEN %3$s END".formatted(column, after, value);
	}

	private List<String> optional() {
		List<String> optional = new ArrayList<>();
		if (this.description) {
			optional.add("description");
		}
		if (this.price) {
			optional.add("price");
		}
		return optional;
	}

	/** Each with a comma in front. */
	private String optionalColumns() {
		return optional().stream().map((column) -> ", " + column).collect(Collectors.joining());
	}

	private String source() {
		String columns = optionalColumns();
		String arrays = optional().stream()
			.map((column) -> column.equals("price") ? ", CAST(? AS numeric[])" : ", CAST(? AS text[])")
			.collect(Collectors.joining());
		return """
				(SELECT * FROM unnest(CAST(? AS uuid[]), CAST(? AS text[]), CAST(? AS text[])%s) AS sent(id, sku, name%s))"""
			.formatted(arrays, columns);
	}

	private String newValue(String column) {
		return this.options.cleared().contains(column) ? "EXCLUDED." + column
				: "coalesce(EXCLUDED." + column + ", product." + column + ")";
	}

	private String changes() {
		List<String> bits = new ArrayList<>(List.of("(product.name IS DISTINCT FROM EXCLUDED.name)::int"));
		for (int bit = 1; bit < ProductChanges.Item.FIELDS.size(); bit++) {
			String column = ProductChanges.Item.FIELDS.get(bit);
			if (column.equals("description") ? this.description : this.price) {
				bits.add("(product.%1$s IS DISTINCT FROM %2$s)::int << %3$d".formatted(column, newValue(column), bit));
			}
		}
		return "(" + bits.stream().map((bit) -> "(" + bit + ")").collect(Collectors.joining(" | ")) + ")::smallint";
	}

	/**
	 * Sets the products of one statement, which writes them in their order.
	 * @param first number of the first parameter, from 1
	 * @param ids one for each product, which it gets if it is new
	 */
	void set(PreparedStatement statement, int first, List<UUID> ids, List<ValidProduct> products) throws SQLException {
		Connection connection = statement.getConnection();
		int index = first;
		this.array.beginUuids();
		for (int i = 0; i < products.size(); i++) {
			this.array.add(ids.get(i));
		}
		statement.setArray(index++, this.array.toArray(connection));
		statement.setArray(index++, texts(products, ValidProduct::sku, connection));
		statement.setArray(index++, texts(products, ValidProduct::name, connection));
		if (this.description) {
			statement.setArray(index++, texts(products, ValidProduct::description, connection));
		}
		if (this.price) {
			this.array.beginNumerics();
			for (ValidProduct product : products) {
				this.array.add(product.price());
			}
			statement.setArray(index, this.array.toArray(connection));
		}
	}

	private Array texts(List<ValidProduct> products, Function<ValidProduct, @Nullable String> text,
			Connection connection) throws SQLException {
		this.array.beginTexts();
		for (ValidProduct product : products) {
			this.array.add(text.apply(product));
		}
		return this.array.toArray(connection);
	}

	/**
	 * Sends products to {@link #copySql}.
	 * @param ids one for each product
	 */
	void copy(BinaryCopy copy, List<UUID> ids, List<ValidProduct> products) throws SQLException {
		int columns = 3 + optional().size();
		for (int i = 0; i < products.size(); i++) {
			ValidProduct product = products.get(i);
			BinaryValues row = copy.row(columns);
			row.add(ids.get(i));
			row.add(product.sku());
			row.add(product.name());
			if (this.description) {
				row.add(product.description());
			}
			if (this.price) {
				row.add(product.price());
			}
		}
	}

}
