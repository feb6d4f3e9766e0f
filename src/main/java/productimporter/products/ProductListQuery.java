package productimporter.products;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds the products of a page. Nothing but the SKU has an index, which would slow every
 * import: other orders and filters read the whole table, once (ops/decisions/0010).
 */
@Repository
class ProductListQuery {

	/** As much of a product as a page is chosen by. */
	private static final String CANDIDATE = "id, sku, %s AS key, "
			+ "octet_length(name) + coalesce(octet_length(description), 0) AS bytes";

	private static final RowMapper<Row> ROW = (row, number) -> new Row(ProductTable.product(row),
			row.getString("sort_key"), row.getInt("found"));

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
		boolean bySku = order.column() == ProductOrder.Column.SKU;
		if (start.token() == null && start.offset() > 0 && bySku) {
			// skips in the index alone
			String direction = descending(order, start) ? " DESC" : "";
			conditions.add("sku " + (descending(order, start) ? "<=" : ">=") + " (SELECT sku FROM product"
					+ conditions.sql() + " ORDER BY sku" + direction + " OFFSET " + start.offset() + " LIMIT 1)");
		}
		else {
			addStart(conditions, order, start, order.column().key());
		}
		String candidates = "candidate AS (SELECT " + CANDIDATE.formatted(order.column().key()) + " FROM product"
				+ conditions.sql() + sorted(order, start, order.column().key(), size, bySku ? 0 : start.offset()) + ")";
		List<Row> rows = this.jdbc
			.sql("WITH " + candidates + sized(order, start)
					+ """
							SELECT p.*, p.xmin::text::bigint AS version, %s AS sort_key, sized.found
							FROM sized JOIN product p ON p.id = sized.id
							WHERE number <= %d AND (number = 1 OR bytes_so_far <= %d) ORDER BY number"""
						.formatted(order.column().keyAsText(), size, maxBytes))
			.params(conditions.values())
			.query(ROW)
			.list();
		return Found.of(rows);
	}

	/**
	 * The same where few products match, which are then all looked at, in one pass over
	 * the table: it knows how many there are, and sorts them itself.
	 * @param limit how many are few
	 * @return empty when more match
	 */
	Optional<Counted> findAmongFew(ProductFilter filter, ProductOrder order, Start start, int size, long maxBytes,
			int limit) {
		ProductConditions conditions = ProductConditions.of(filter);
		String matching = "matching AS MATERIALIZED (SELECT " + CANDIDATE.formatted(order.column().key())
				+ " FROM product" + conditions.sql() + " LIMIT " + (limit + 1) + ")";
		ProductConditions onward = new ProductConditions(new ArrayList<>(), conditions.values());
		addStart(onward, order, start, "key");
		String candidates = ", candidate AS (SELECT * FROM matching" + onward.sql()
				+ sorted(order, start, "key", size, start.offset()) + ")";
		AtomicLong matches = new AtomicLong();
		List<Row> rows = new ArrayList<>();
		this.jdbc
			.sql("WITH " + matching + candidates + sized(order, start)
					+ """
							SELECT p.*, p.xmin::text::bigint AS version, %s AS sort_key, sized.found, counted.matches
							FROM (SELECT count(*) AS matches FROM matching) AS counted
							LEFT JOIN (sized JOIN product p ON p.id = sized.id
							           AND number <= %d AND (number = 1 OR bytes_so_far <= %d)) ON true ORDER BY number"""
						.formatted(order.column().keyAsText(), size, maxBytes))
			.params(conditions.values())
			.query((row) -> {
				matches.set(row.getLong("matches"));
				if (row.getObject("id") != null) {
					rows.add(ROW.mapRow(row, 0));
				}
			});
		return (matches.get() > limit) ? Optional.empty() : Optional.of(new Counted(Found.of(rows), matches.get()));
	}

	private static void addStart(ProductConditions conditions, ProductOrder order, Start start, String key) {
		if (start.token() == null) {
			return;
		}
		String beyond = descending(order, start) ? " < " : " > ";
		conditions.add((order.column() == ProductOrder.Column.SKU) ? "sku" + beyond + ":from_sku"
				: "(" + key + ", sku)" + beyond + "(:from_key, :from_sku)");
		conditions.values().put("from_key", order.column().parse(start.token().key()));
		conditions.values().put("from_sku", start.token().sku());
	}

	/** As many as a page has, and one more that shows whether another follows. */
	private static String sorted(ProductOrder order, Start start, String key, int size, long offset) {
		String direction = descending(order, start) ? " DESC" : "";
		String first = (order.column() == ProductOrder.Column.SKU) ? "" : key + direction + ", ";
		return " ORDER BY " + first + "sku" + direction + " LIMIT " + (size + 1) + " OFFSET " + offset;
	}

	/** The candidates, numbered, with how much text there is up to each. */
	private static String sized(ProductOrder order, Start start) {
		String direction = descending(order, start) ? " DESC" : "";
		return """
				,
				numbered AS (
				  SELECT id, bytes, row_number() OVER (ORDER BY key%1$s, sku%1$s) AS number, count(*) OVER () AS found
				  FROM candidate),
				sized AS (
				  SELECT id, number, found, sum(bytes) OVER (ORDER BY number) AS bytes_so_far FROM numbered)
				""".formatted(direction);
	}

	private static boolean descending(ProductOrder order, Start start) {
		return order.descending() != start.backward();
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

		private static Found of(List<Row> rows) {
			return new Found(rows, !rows.isEmpty() && rows.get(0).found() > rows.size());
		}

	}

	/**
	 * What was found of all that match.
	 */
	record Counted(Found found, long matches) {
	}

	/**
	 * A product and its key in the order of the list.
	 *
	 * @param found how many candidates there were, one more than a page if others follow
	 */
	record Row(Product product, String key, int found) {
	}

}
