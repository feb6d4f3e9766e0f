package productimporter.jobs.productimport;

import org.jspecify.annotations.Nullable;

/**
 * What a row that keeps all rules says about a product.
 *
 * @param sku normalised, see {@link productimporter.products.Sku}
 * @param name not blank
 * @param description {@code null} when the row says nothing
 * @param price digits with a full stop as decimal mark and nothing behind two decimals but
 * zeros, as PostgreSQL reads a numeric; {@code null} when the row says nothing
 */
record ValidProduct(String sku, String name, @Nullable String description, @Nullable String price) {
}
