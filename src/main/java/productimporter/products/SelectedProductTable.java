package productimporter.products;

import java.sql.Types;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Counts and deletes the products of a {@link ProductSelection}. In the order of their
 * ids, which never change and follow the order in which products came into the table.
 */
@Repository
class SelectedProductTable {

	private final JdbcClient jdbc;

	SelectedProductTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * How many match, exactly.
	 * @param asOf only those that were there at this moment; {@code null} for all
	 */
	long count(ProductSelection selection, @Nullable Instant asOf) {
		ProductConditions conditions = conditions(selection, asOf);
		return this.jdbc.sql("SELECT count(*) FROM product" + conditions.sql())
			.params(conditions.values())
			.query(Long.class)
			.single();
	}

	/** The id of the product that many places behind another; empty behind the last. */
	Optional<UUID> idBehind(@Nullable UUID after, int places) {
		return this.jdbc
			.sql("SELECT id FROM product" + ((after != null) ? " WHERE id > :after" : "")
					+ " ORDER BY id OFFSET :offset LIMIT 1")
			.params((after != null) ? Map.of("after", after, "offset", places - 1) : Map.of("offset", places - 1))
			.query(UUID.class)
			.optional();
	}

	/**
	 * Deletes those that match and that nobody else is changing.
	 * @param after with ids greater than this, {@code null} from the first
	 * @param upTo and up to this, {@code null} to the last
	 * @return how many
	 */
	int delete(ProductSelection selection, Instant asOf, @Nullable UUID after, @Nullable UUID upTo) {
		ProductConditions conditions = conditions(selection, asOf);
		if (after != null) {
			conditions.add("id > :after");
			conditions.values().put("after", new SqlParameterValue(Types.OTHER, after));
		}
		if (upTo != null) {
			conditions.add("id <= :up_to");
			conditions.values().put("up_to", new SqlParameterValue(Types.OTHER, upTo));
		}
		return this.jdbc
			.sql("DELETE FROM product WHERE id = ANY (ARRAY(SELECT id FROM product" + conditions.sql()
					+ " FOR UPDATE SKIP LOCKED))")
			.params(conditions.values())
			.update();
	}

	/** Any that matches. */
	Optional<UUID> any(ProductSelection selection, Instant asOf) {
		ProductConditions conditions = conditions(selection, asOf);
		return this.jdbc.sql("SELECT id FROM product" + conditions.sql() + " LIMIT 1")
			.params(conditions.values())
			.query(UUID.class)
			.optional();
	}

	/**
	 * Deletes a product if it matches, when nobody else changes it any more.
	 * @return 0 or 1
	 */
	int delete(ProductSelection selection, Instant asOf, UUID id) {
		ProductConditions conditions = conditions(selection, asOf);
		conditions.add("id = :id");
		conditions.values().put("id", id);
		return this.jdbc.sql("DELETE FROM product" + conditions.sql()).params(conditions.values()).update();
	}

	private static ProductConditions conditions(ProductSelection selection, @Nullable Instant asOf) {
		ProductConditions conditions = ProductConditions.of(selection.filter());
		if (selection.updatedBefore() != null) {
			conditions.updatedBefore(selection.updatedBefore());
		}
		return (asOf != null) ? conditions.createdUntil(asOf) : conditions;
	}

}
