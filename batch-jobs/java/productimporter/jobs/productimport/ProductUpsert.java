package productimporter.jobs.productimport;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import productimporter.imports.ImportOptions;
import productimporter.uploads.ProductColumns;

/**
 * The statement that puts a product in or changes it. A field without a column in the
 * file, or with an empty cell that doesn't clear it, keeps its value; a product of which nothing changes is not
 * written at all. No parameter may follow VALUES, else pgjdbc doesn't rewrite the batch.
 */
final class ProductUpsert {

	private final boolean description;

	private final boolean price;

	private final ImportOptions options;

	ProductUpsert(ProductColumns columns, ImportOptions options) {
		this.options = options;
		this.description = columns.description() >= 0;
		this.price = columns.price() >= 0;
	}

	String sql() {
		List<String> optional = new ArrayList<>();
		if (this.description) {
			optional.add("description");
		}
		if (this.price) {
			optional.add("price");
		}
		String columns = optional.stream().map((column) -> ", " + column).collect(Collectors.joining());
		String parameters = ", ?".repeat(optional.size());
		String set = optional.stream()
			.map((column) -> ", " + column + " = " + newValue(column))
			.collect(Collectors.joining());
		String before = optional.stream().map((column) -> ", product." + column).collect(Collectors.joining());
		String after = optional.stream().map((column) -> ", " + newValue(column)).collect(Collectors.joining());
		if (this.options.mode() == ImportOptions.Mode.CREATE) {
			return "INSERT INTO product (id, sku, name%s) VALUES (?, ?, ?%s) ON CONFLICT (sku) DO NOTHING"
				.formatted(columns, parameters);
		}
		if (this.options.mode() == ImportOptions.Mode.UPDATE) {
			return """
					UPDATE product SET name = EXCLUDED.name%s, updated_at = now()
					FROM (SELECT ?::uuid AS id, ?::text AS sku, ?::text AS name%s) AS EXCLUDED
					WHERE product.sku = EXCLUDED.sku AND (product.name%s) IS DISTINCT FROM (EXCLUDED.name%s)"""
				.formatted(set, optional.stream()
					.map((column) -> ", ?::" + (column.equals("price") ? "numeric" : "text") + " AS " + column)
					.collect(Collectors.joining()), before, after);
		}
		return """
				INSERT INTO product (id, sku, name%s) VALUES (?, ?, ?%s)
				ON CONFLICT (sku) DO UPDATE SET name = EXCLUDED.name%s, updated_at = now()
				WHERE (product.name%s) IS DISTINCT FROM (EXCLUDED.name%s)""".formatted(columns, parameters, set,
				before, after);
	}

	private String newValue(String column) {
		return this.options.cleared().contains(column) ? "EXCLUDED." + column
				: "coalesce(EXCLUDED." + column + ", product." + column + ")";
	}

	void set(PreparedStatement statement, UUID id, ValidProduct product) throws SQLException {
		int index = 1;
		statement.setObject(index++, id);
		statement.setString(index++, product.sku());
		statement.setString(index++, product.name());
		if (this.description) {
			statement.setString(index++, product.description());
		}
		if (this.price) {
			if (product.price() != null) {
				statement.setBigDecimal(index, product.price());
			}
			else {
				statement.setNull(index, Types.NUMERIC);
			}
		}
	}

}
