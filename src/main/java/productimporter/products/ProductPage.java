package productimporter.products;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of a list of products.
 *
 * @param items may be fewer than {@code size} where their texts are large; then
 * {@code next} goes on behind them
 * @param total how many match, or the number up to which they are counted
 * @param pages of {@code total}
 * @param next for {@code after}: the page behind this one; {@code null} on the last
 * @param previous likewise the one before it; {@code null} on the first
 */
record ProductPage(List<Product> items, int page, int size, long total, boolean totalIsExact, long pages,
		@Nullable String next, @Nullable String previous) {
}
