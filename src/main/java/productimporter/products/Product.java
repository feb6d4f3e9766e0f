package productimporter.products;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * A product of the catalogue.
 *
 * @param sku normalised, see {@link Sku}
 * @param price with two decimals, or {@code null}
 * @param version another one after each change, whoever makes it (ops/decisions/0009)
 */
record Product(UUID id, String sku, String name, @Nullable String description, @Nullable BigDecimal price,
		boolean active, Instant createdAt, Instant updatedAt, @JsonIgnore long version) {

	String etag() {
		return "\"" + this.version + "\"";
	}

}
