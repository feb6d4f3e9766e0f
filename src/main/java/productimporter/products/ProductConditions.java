package productimporter.products;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a filter holds back, as SQL: only the conditions that are asked for.
 *
 * @param conditions joined by AND
 * @param values of the named parameters in them
 */
record ProductConditions(List<String> conditions, Map<String, Object> values) {

	private static final Instant LAST_MOMENT = Instant.parse("9999-12-31T23:59:59Z");

	static ProductConditions of(ProductFilter filter) {
		ProductConditions all = new ProductConditions(new ArrayList<>(), new HashMap<>());
		if (filter.sku() != null) {
			all.add("sku LIKE :sku", "sku", anywhere(filter.sku().toLowerCase(Locale.ROOT)));
		}
		if (filter.name() != null) {
			all.add("name ILIKE :name", "name", anywhere(filter.name()));
		}
		if (filter.description() != null) {
			all.add("description ILIKE :description", "description", anywhere(filter.description()));
		}
		if (filter.active() != null) {
			all.add(filter.active() ? "active" : "NOT active");
		}
		if (filter.priceMin() != null) {
			all.add("price >= :price_min", "price_min", filter.priceMin());
		}
		if (filter.priceMax() != null) {
			all.add("price <= :price_max", "price_max", filter.priceMax());
		}
		if (filter.updatedSince() != null) {
			all.add("updated_at >= :updated_since", "updated_since", moment(filter.updatedSince()));
		}
		return all;
	}

	void add(String condition) {
		this.conditions.add(condition);
	}

	/** Those updated before this moment. */
	ProductConditions updatedBefore(Instant moment) {
		add("updated_at < :updated_before", "updated_before", moment(moment));
		return this;
	}

	/** Those that were there at this moment. */
	ProductConditions createdUntil(Instant moment) {
		add("created_at <= :created_until", "created_until", moment(moment));
		return this;
	}

	private void add(String condition, String name, Object value) {
		this.conditions.add(condition);
		this.values.put(name, value);
	}

	String sql() {
		return this.conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", this.conditions);
	}

	private static String anywhere(String text) {
		return "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
	}

	/** Within what PostgreSQL knows of. */
	private static OffsetDateTime moment(Instant moment) {
		Instant known = moment.isAfter(LAST_MOMENT) ? LAST_MOMENT
				: moment.isBefore(Instant.EPOCH) ? Instant.EPOCH : moment;
		return known.atOffset(ZoneOffset.UTC);
	}

}
