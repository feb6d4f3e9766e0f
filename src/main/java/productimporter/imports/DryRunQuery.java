package productimporter.imports;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import productimporter.uploads.ProductColumns;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads what dry runs would have done.
 */
@Repository
class DryRunQuery {

	/** In the order of their bits in {@code product.import_changes}. */
	private static final List<String> FIELDS = ProductColumns.FIELDS.subList(1, ProductColumns.FIELDS.size());

	private final JdbcClient jdbc;

	DryRunQuery(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Changes in the order of their SKUs.
	 * @param after the SKU behind which to begin, empty for the beginning
	 * @param limit at most so many
	 */
	List<DryRunChange> changes(UUID run, DryRunChange.Kind kind, String after, int limit) {
		return this.jdbc
			.sql("SELECT * FROM dry_run_change WHERE run_id = ? AND sku > ? AND (" + kind.condition()
					+ ") ORDER BY sku LIMIT ?")
			.params(run, after, limit)
			.query(DryRunQuery::change)
			.list();
	}

	/** How many prices would fall by half or more. */
	long pricesHalved(UUID run) {
		return this.jdbc
			.sql("SELECT count(*) FROM dry_run_change WHERE run_id = ? AND ("
					+ DryRunChange.Kind.PRICE_HALVED.condition() + ")")
			.param(run)
			.query(Long.class)
			.single();
	}

	/** Whether an import or a bulk delete has been at work since the run began. */
	boolean othersSince(UUID run) {
		return this.jdbc.sql("""
				SELECT EXISTS (SELECT FROM import_run o, import_run r
				    WHERE r.id = ? AND o.id <> r.id AND o.started_at IS NOT NULL
				    AND (o.options ->> 'dry_run' = 'true') IS NOT TRUE
				    AND coalesce(o.finished_at, 'infinity') >= r.started_at
				    AND (o.status <> 'completed' OR o.kind <> 'import' OR o.created + o.updated > 0))""")
			.param(run)
			.query(Boolean.class)
			.single();
	}

	private static DryRunChange change(ResultSet row, int number) throws SQLException {
		int changes = row.getInt("changes");
		List<DryRunChange.Field> fields = new ArrayList<>();
		for (int bit = 0; bit < FIELDS.size(); bit++) {
			if ((changes & 1 << bit) != 0) {
				String field = FIELDS.get(bit);
				fields.add(new DryRunChange.Field(field, text(row.getObject(field + "_before")),
						text(row.getObject(field))));
			}
		}
		return new DryRunChange(row.getString("sku"), row.getBoolean("created"), fields);
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value instanceof BigDecimal price) ? price.toPlainString() : (String) value;
	}

}
