package productimporter.products;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import productimporter.platform.InWords;

/**
 * A product as the list shows it.
 *
 * @param name its beginning, as is the description
 * @param price with two decimals, or {@code null}
 * @param updated in UTC
 */
record ProductRow(UUID id, String sku, String name, @Nullable String description, @Nullable String price,
		boolean active, String updated, String updatedIso) {

	private static final int SHOWN = 300;

	/**
	 * Where the product's page is; made here because a list has many links, and
	 * Thymeleaf's link expressions take most of its time.
	 */
	public String address() {
		return "/ui/products/" + this.id;
	}

	/** The CSS classes of the button that shows and turns round whether it is active. */
	public String look() {
		return this.active ? "btn btn-sm btn-quiet st ok" : "btn btn-sm btn-quiet st";
	}

	static ProductRow of(Product product, Instant now) {
		return new ProductRow(product.id(), product.sku(), cut(product.name()),
				(product.description() != null) ? cut(product.description()) : null, price(product.price()),
				product.active(), InWords.moment(product.updatedAt(), now), product.updatedAt().toString());
	}

	static @Nullable String price(@Nullable BigDecimal price) {
		return (price != null) ? String.format(Locale.ENGLISH, "%,.2f", price) : null;
	}

	private static String cut(String text) {
		return (text.length() <= SHOWN) ? text
				: text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, SHOWN))) + "…";
	}

}
