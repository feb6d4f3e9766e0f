package productimporter.jobs.productimport;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import productimporter.products.ProductChanges;
import productimporter.uploads.ProductColumns;

/**
 * The statement that puts a product in or changes it. A field without a column in the
 * file, or with an empty cell, keeps its value; a product of which nothing changes is not
 * written at all. No parameter may follow VALUES, else pgjdbc doesn't rewrite the batch.
 */
final class ProductUpsert {

	private final boolean description;

	private final boolean price;

	ProductUpsert(ProductColumns columns) {
		this.description = columns.description() >= 0;
		this.price = columns.price() >= 0;
	}

	/**
	 * The statement.
	 * @param tellChanges whether an update notes in {@code import_changes} which values it
	 * changed, as {@link ProductChanges.Item#changes} has them
	 */
	String sql(boolean tellChanges) {
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
		String note = tellChanges ? ", import_changes = " + changes() : "";
		String before = optional.stream().map((column) -> ", product." + column).collect(Collectors.joining());
		String after = optional.stream().map((column) -> ", " + newValue(column)).collect(Collectors.joining());
		return """
				INSERT INTO product (id, sku, name%s) VALUES (?, ?, ?%s)
				ON CONFLICT (sku) DO UPDATE SET name = EXCLUDED.name%s, updated_at = now()%s
				WHERE (product.name%s) IS DISTINCT FROM (EXCLUDED.name%s)""".formatted(columns, parameters, set, note,
				before, after);
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

	private static String newValue(String column) {
		return "coalesce(EXCLUDED." + column + ", product." + column + ")";
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
