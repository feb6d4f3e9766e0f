package productimporter.jobs.productimport;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * What a row that keeps all rules says about a product.
 *
 * @param sku normalised, see {@link productimporter.products.Sku}
 * @param name not blank
 * @param description {@code null} when the row says nothing
 * @param price with two decimals; {@code null} when the row says nothing
 */
record ValidProduct(String sku, String name, @Nullable String description, @Nullable BigDecimal price) {
}
