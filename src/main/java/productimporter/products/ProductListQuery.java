package productimporter.products;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds the products of a page. Nothing but the SKU has an index, which would slow every
 * import: other orders and filters read the whole table (ops/decisions/0010).
 */
@Repository
class ProductListQuery {

	private final JdbcClient jdbc;

	ProductListQuery(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Up to {@code size} products whose texts together are no larger than
	 * {@code maxBytes}, at least one if there is any. How large they are is known without
	 * reading them, and only the products of the page are read.
	 */
	Found find(ProductFilter filter, ProductOrder order, Start start, int size, long maxBytes) {
		ProductConditions conditions = ProductConditions.of(filter);
		boolean descending = order.descending() != start.backward();
		String direction = descending ? " DESC" : "";
		String key = order.column().key();
		boolean bySku = order.column() == ProductOrder.Column.SKU;
		String sort = bySku ? "sku" + direction : key + direction + ", sku" + direction;
		if (start.token() != null) {
			conditions.add(bySku ? "sku " + (descending ? "<" : ">") + " :from_sku"
					: "(" + key + ", sku) " + (descending ? "<" : ">") + " (:from_key, :from_sku)");
			conditions.values().put("from_key", order.column().parse(start.token().key()));
			conditions.values().put("from_sku", start.token().sku());
		}
		else if (start.offset() > 0 && bySku) {
			// skips in the index alone
			conditions.add("sku " + (descending ? "<=" : ">=") + " (SELECT sku FROM product" + conditions.sql()
					+ " ORDER BY sku" + direction + " OFFSET " + start.offset() + " LIMIT 1)");
		}
		String offset = bySku ? "" : " OFFSET " + start.offset();
		List<Row> rows = this.jdbc
			.sql("""
					WITH candidate AS (
					  SELECT id, sku, %s AS key, octet_length(name) + coalesce(octet_length(description), 0) AS bytes
					  FROM product%s ORDER BY %s LIMIT %d%s),
					numbered AS (
					  SELECT id, bytes, row_number() OVER (ORDER BY key%s, sku%s) AS number, count(*) OVER () AS found
					  FROM candidate),
					sized AS (
					  SELECT id, number, found, sum(bytes) OVER (ORDER BY number) AS bytes_so_far FROM numbered)
					SELECT p.*, p.xmin::text::bigint AS version, %s AS sort_key, sized.found
					FROM sized JOIN product p ON p.id = sized.id
					WHERE number <= %d AND (number = 1 OR bytes_so_far <= %d) ORDER BY number""".formatted(key,
					conditions.sql(), sort, size + 1, offset, direction, direction, order.column().keyAsText(), size,
					maxBytes))
			.params(conditions.values())
			.query((row, number) -> new Row(ProductTable.product(row), row.getString("sort_key"), row.getInt("found")))
			.list();
		return new Found(rows, !rows.isEmpty() && rows.get(0).found() > rows.size());
	}

	/** How many match, counted no further than {@code limit} + 1. */
	long count(ProductFilter filter, long limit) {
		ProductConditions conditions = ProductConditions.of(filter);
		return this.jdbc
			.sql("SELECT count(*) FROM (SELECT 1 FROM product" + conditions.sql() + " LIMIT " + (limit + 1) + ") AS t")
			.params(conditions.values())
			.query(Long.class)
			.single();
	}

	/**
	 * Where to begin.
	 *
	 * @param offset products to skip, when there is no token
	 */
	record Start(@Nullable PageToken token, long offset) {

		boolean backward() {
			return this.token != null && this.token.backward();
		}

	}

	/**
	 * The products found, nearest to the start first.
	 *
	 * @param more whether others follow
	 */
	record Found(List<Row> rows, boolean more) {
	}

	/** A product and its key in the order of the list. */
	record Row(Product product, String key, int found) {
	}

}
