package productimporter.products;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

import productimporter.platform.InWords;
import productimporter.platform.Page;

/**
 * The catalogue, page by page. Filters, order and place are in the address, so that a
 * list can be bookmarked and the browser's Back works.
 */
@Page
@RequestMapping("/ui/products")
class ProductsPage {

	private static final int SIZE = 50;

	private final ProductList list;

	private final Clock clock;

	ProductsPage(ProductList list, Clock clock) {
		this.list = list;
		this.clock = clock;
	}

	@GetMapping
	String page(ProductQuery query, Model model) {
		show(query, model);
		return "products/products";
	}

	@GetMapping(headers = "HX-Target=products")
	String rows(ProductQuery query, Model model, HttpServletResponse response) {
		show(query, model);
		response.setHeader("HX-Push-Url", query.address(query.sort(), query.after()));
		return "products/products :: products";
	}

	private void show(ProductQuery query, Model model) {
		ProductOrder order = query.order();
		ProductFilter filter = query.filter();
		ProductPage page = this.list.page(filter, order, null, SIZE, query.after());
		if (page.items().isEmpty() && query.after() != null) {
			// all that followed are gone
			show(query.atStart(), model);
			return;
		}
		Instant now = this.clock.instant();
		List<ProductRow> rows = page.items().stream().map((product) -> ProductRow.of(product, now)).toList();
		model.addAttribute("query", query);
		model.addAttribute("rows", rows);
		model.addAttribute("filtered", !filter.isNone());
		model.addAttribute("here", query.address(query.sort(), query.after()));
		model.addAttribute("sort", order.code());
		model.addAttribute("export", query.address("/products/export", null, null));
		model.addAttribute("columns", columns(query, order));
		model.addAttribute("range", range(page, rows.size()));
		model.addAttribute("matching", matching(page, rows.size()));
		model.addAttribute("deleteMatching", query.address("/ui/products/delete-all", null, null));
		model.addAttribute("previous", (page.previous() != null) ? query.address(query.sort(), page.previous()) : null);
		model.addAttribute("next", (page.next() != null) ? query.address(query.sort(), page.next()) : null);
	}

	private static String range(ProductPage page, int shown) {
		long first = (page.page() - 1L) * page.size() + 1;
		return InWords.count(first) + " to " + InWords.count(first + shown - 1) + " of "
				+ (page.totalIsExact() ? "" : "more than ") + InWords.count(page.total(), "product");
	}

	/** What "all that match" are, if they are more than the page shows. */
	private static @Nullable String matching(ProductPage page, int shown) {
		return (page.totalIsExact() && page.total() <= shown) ? null
				: page.totalIsExact() ? InWords.count(page.total()) + " that match" : "that match";
	}

	private static Map<String, Column> columns(ProductQuery query, ProductOrder order) {
		Map<String, Column> columns = new LinkedHashMap<>();
		for (ProductOrder.Column column : ProductOrder.Column.values()) {
			boolean sorted = column == order.column();
			ProductOrder next = new ProductOrder(column, sorted && !order.descending());
			columns.put(column.code(), new Column(query.address(next.code(), null),
					sorted ? order.descending() ? "descending" : "ascending" : null));
		}
		return columns;
	}

	/**
	 * A column's header.
	 *
	 * @param address of the list sorted by it, the other way round if it is so already
	 * @param sorted {@code ascending}, {@code descending} or {@code null}
	 */
	record Column(String address, @Nullable String sorted) {
	}

}
