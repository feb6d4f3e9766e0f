package productimporter.products;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Every statement of {@code product} but the import's upsert and those of lists. Each
 * change is one statement, its condition in the WHERE: PostgreSQL looks at it again when
 * it has waited for someone else's change.
 */
@Repository
class ProductTable {

	private static final String COLUMNS = "id, sku, name, description, price, active, created_at, updated_at, "
			+ "xmin::text::bigint AS version";

	private static final String MATCHES = " WHERE id = :id AND (:versions::text IS NULL "
			+ "OR xmin::text = ANY (string_to_array(:versions, ',')))";

	private final JdbcClient jdbc;

	ProductTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Put a product in.
	 * @return empty when its SKU is taken
	 */
	Optional<Product> insert(UUID id, ProductFields fields) {
		return this.jdbc.sql("""
				INSERT INTO product (id, sku, name, description, price, active)
				VALUES (:id, :sku, :name, :description, :price, :active)
				ON CONFLICT (sku) DO NOTHING RETURNING\s""" + COLUMNS)
			.param("id", id)
			.params(values(fields))
			.query((row, number) -> product(row))
			.optional();
	}

	/** Whether a product has been created or changed then or later. */
	boolean changedSince(Instant moment) {
		return this.jdbc.sql("SELECT EXISTS (SELECT FROM product WHERE updated_at >= ?)")
			.param(moment.atOffset(ZoneOffset.UTC))
			.query(Boolean.class)
			.single();
	}

	Optional<Product> find(UUID id) {
		return this.jdbc.sql("SELECT " + COLUMNS + " FROM product WHERE id = ?")
			.param(id)
			.query((row, number) -> product(row))
			.optional();
	}

	/** As it is now; nobody else changes it until the surrounding transaction ends. */
	Optional<Product> findAndLock(UUID id) {
		return this.jdbc.sql("SELECT " + COLUMNS + " FROM product WHERE id = ? FOR NO KEY UPDATE")
			.param(id)
			.query((row, number) -> product(row))
			.optional();
	}

	/**
	 * Change the fields that are given.
	 * @return empty when there is no such product, or it doesn't match
	 * @throws org.springframework.dao.DuplicateKeyException when the new SKU is taken
	 */
	Optional<Product> update(UUID id, ProductFields fields, IfMatch condition) {
		Map<String, Object> values = values(fields);
		values.keySet().retainAll(fields.given());
		String assignments = values.keySet()
			.stream()
			.map((column) -> column + " = :" + column + ", ")
			.collect(Collectors.joining());
		return this.jdbc
			.sql("UPDATE product SET " + assignments + "updated_at = now()" + MATCHES + " RETURNING " + COLUMNS)
			.params(values)
			.param("id", id)
			.param("versions", condition.versions(), Types.VARCHAR)
			.query((row, number) -> product(row))
			.optional();
	}

	/**
	 * Take a product out.
	 * @return as it was, empty when there was none that matches
	 */
	Optional<Product> delete(UUID id, IfMatch condition) {
		return this.jdbc.sql("DELETE FROM product" + MATCHES + " RETURNING " + COLUMNS)
			.param("id", id)
			.param("versions", condition.versions(), Types.VARCHAR)
			.query((row, number) -> product(row))
			.optional();
	}

	/** In the order of their SKUs, in which an import locks them. */
	List<Product> find(Collection<UUID> ids) {
		return ids.isEmpty() ? List.of()
				: this.jdbc.sql("SELECT " + COLUMNS + " FROM product WHERE id IN (:ids) ORDER BY sku")
					.param("ids", ids)
					.query((row, number) -> product(row))
					.list();
	}

	static Product product(ResultSet row) throws SQLException {
		BigDecimal price = row.getBigDecimal("price");
		return new Product(row.getObject("id", UUID.class), row.getString("sku"), row.getString("name"),
				row.getString("description"), price, row.getBoolean("active"),
				row.getObject("created_at", OffsetDateTime.class).toInstant(),
				row.getObject("updated_at", OffsetDateTime.class).toInstant(), row.getLong("version"));
	}

	private static Map<String, Object> values(ProductFields fields) {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put("sku", new SqlParameterValue(Types.VARCHAR, fields.sku()));
		values.put("name", new SqlParameterValue(Types.VARCHAR, fields.name()));
		values.put("description", new SqlParameterValue(Types.VARCHAR, fields.description()));
		values.put("price", new SqlParameterValue(Types.NUMERIC, fields.price()));
		values.put("active", new SqlParameterValue(Types.BOOLEAN, fields.active()));
		return values;
	}

}
