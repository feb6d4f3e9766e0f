package productimporter.products;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Every statement of {@code product} but the import's upsert.
 */
@Repository
class ProductTable {

	private final JdbcClient jdbc;

	ProductTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** In the order of their SKUs. */
	List<Product> page(int size, long offset) {
		return this.jdbc.sql("""
				SELECT id, sku, name, description, price, active, created_at, updated_at
				FROM product ORDER BY sku LIMIT ? OFFSET ?""").params(size, offset).query(ProductTable::product).list();
	}

	long count() {
		return this.jdbc.sql("SELECT count(*) FROM product").query(Long.class).single();
	}

	/** All and the inactive ones, in one pass. */
	Counts counts() {
		return this.jdbc.sql("SELECT count(*), count(*) FILTER (WHERE NOT active) FROM product")
			.query((row, number) -> new Counts(row.getLong(1), row.getLong(2)))
			.single();
	}

	private static Product product(ResultSet row, int number) throws SQLException {
		return new Product(row.getObject("id", UUID.class), row.getString("sku"), row.getString("name"),
				row.getString("description"), row.getBigDecimal("price"), row.getBoolean("active"),
				row.getObject("created_at", OffsetDateTime.class).toInstant(),
				row.getObject("updated_at", OffsetDateTime.class).toInstant());
	}

	/** How many products there are. */
	record Counts(long all, long inactive) {
	}

}
