package productimporter.products;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

import productimporter.platform.RequestRefused;

/**
 * The catalogue, page by page: by number, or on from where another page ended, which
 * costs the same at any depth.
 */
@Component
class ProductList {

	static final int MAX_SIZE = 500;

	/** How far others than all products are counted, and pages of a sorted list reach. */
	private static final int LIMIT = 10_000;

	/** Bounds the memory of a page, of which several are made at once. */
	private static final long MAX_BYTES = 4 * 1024 * 1024;

	private final ProductListQuery query;

	private final ProductCount count;

	ProductList(ProductListQuery query, ProductCount count) {
		this.query = query;
		this.count = count;
	}

	/**
	 * A page.
	 * @param page from 1, or {@code null} where {@code after} is given or for the first
	 * @param size from 1 to {@link #MAX_SIZE}
	 * @param after from an answer's {@code next} or {@code previous}, or {@code null}
	 * @throws RequestRefused when there can't be such a page
	 */
	ProductPage page(ProductFilter filter, ProductOrder order, @Nullable Integer page, int size,
			@Nullable String after) {
		check(order, page, size, after);
		ProductListQuery.Start start = start(filter, order, page, size, after);
		int number = (start.token() != null) ? start.token().page() : (page != null) ? page : 1;
		Listed listed = find(filter, order, start, size);
		if (start.backward() && !listed.found().more()) {
			// the first page is always a whole one
			start = new ProductListQuery.Start(null, 0);
			number = 1;
			listed = find(filter, order, start, size);
		}
		ProductListQuery.Found found = listed.found();
		long total = listed.total();
		List<ProductListQuery.Row> rows = new ArrayList<>(found.rows());
		if (start.backward()) {
			Collections.reverse(rows);
		}
		boolean hasNext = start.backward() || found.more();
		boolean hasPrevious = start.backward() || start.token() != null || start.offset() > 0;
		return new ProductPage(rows.stream().map(ProductListQuery.Row::product).toList(), number, size, total,
				listed.exact(), (total + size - 1) / size,
				hasNext ? token(rows, false, number + 1, start).encode(filter, order) : null,
				(hasPrevious && !(rows.isEmpty() && start.token() == null))
						? token(rows, true, Math.max(1, number - 1), start).encode(filter, order) : null);
	}

	private Listed find(ProductFilter filter, ProductOrder order, ProductListQuery.Start start, int size) {
		if (filter.isNone()) {
			return new Listed(this.query.find(filter, order, start, size, MAX_BYTES), this.count.all(), true);
		}
		return this.query.findAmongFew(filter, order, start, size, MAX_BYTES, LIMIT)
			.map((counted) -> new Listed(counted.found(), counted.matches(), true))
			// where so many match, those of a page are found soon in the order of the
			// index
			.orElseGet(() -> new Listed(this.query.find(filter, order, start, size, MAX_BYTES), LIMIT, false));
	}

	private static void check(ProductOrder order, @Nullable Integer page, int size, @Nullable String after) {
		if (size < 1 || size > MAX_SIZE) {
			throw refused(HttpStatus.BAD_REQUEST, "size_invalid", "A page has 1 to " + MAX_SIZE + " products.", "size");
		}
		if (page == null) {
			return;
		}
		if (after != null) {
			throw refused(HttpStatus.BAD_REQUEST, "page_and_after", "Give page or after, not both.", "page");
		}
		if (page < 1) {
			throw refused(HttpStatus.BAD_REQUEST, "page_invalid", "Pages are counted from 1.", "page");
		}
		if (order.column() != ProductOrder.Column.SKU && (long) page * size > LIMIT) {
			throw refused(HttpStatus.UNPROCESSABLE_CONTENT, "page_too_deep",
					"In this order page reaches no further than 10,000 products. Go on with after, which takes an answer's "
							+ "next and works to any depth, or sort by sku.",
					"page");
		}
	}

	private static ProductListQuery.Start start(ProductFilter filter, ProductOrder order, @Nullable Integer page,
			int size, @Nullable String after) {
		return (after != null) ? new ProductListQuery.Start(PageToken.decode(after, filter, order), 0)
				: new ProductListQuery.Start(null, (page != null) ? (page - 1L) * size : 0);
	}

	/** From the page's first or last product; from where it began if it has none. */
	private static PageToken token(List<ProductListQuery.Row> rows, boolean backward, int page,
			ProductListQuery.Start start) {
		if (rows.isEmpty() && start.token() != null) {
			return new PageToken(backward, page, start.token().key(), start.token().sku());
		}
		ProductListQuery.Row row = rows.get(backward ? 0 : rows.size() - 1);
		return new PageToken(backward, page, row.key(), row.product().sku());
	}

	private static RequestRefused refused(HttpStatus status, String code, String detail, String field) {
		return new RequestRefused(status, code, detail, field);
	}

	/**
	 * What a page is made of.
	 *
	 * @param exact whether there are no more than {@code total}
	 */
	private record Listed(ProductListQuery.Found found, long total, boolean exact) {
	}

}
