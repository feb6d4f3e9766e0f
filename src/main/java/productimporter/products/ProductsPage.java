package productimporter.products;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.ui.Model;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

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
	String page(Query query, Model model) {
		show(query, model);
		return "products/products";
	}

	@GetMapping(headers = "HX-Target=products")
	String rows(Query query, Model model, HttpServletResponse response) {
		show(query, model);
		response.setHeader("HX-Push-Url", query.address(query.sort(), query.after()));
		return "products/products :: products";
	}

	private void show(Query query, Model model) {
		ProductOrder order = query.order();
		ProductFilter filter = query.filter();
		ProductPage page = this.list.page(filter, order, null, SIZE, query.after());
		Instant now = this.clock.instant();
		List<ProductRow> rows = page.items().stream().map((product) -> ProductRow.of(product, now)).toList();
		model.addAttribute("query", query);
		model.addAttribute("rows", rows);
		model.addAttribute("filtered", !filter.isNone());
		model.addAttribute("here", query.address(query.sort(), query.after()));
		model.addAttribute("sort", order.code());
		model.addAttribute("export", query.exportAddress());
		model.addAttribute("columns", columns(query, order));
		model.addAttribute("range", range(page, rows.size()));
		model.addAttribute("previous", (page.previous() != null) ? query.address(query.sort(), page.previous()) : null);
		model.addAttribute("next", (page.next() != null) ? query.address(query.sort(), page.next()) : null);
	}

	private static String range(ProductPage page, int shown) {
		long first = (page.page() - 1L) * page.size() + 1;
		return InWords.count(first) + " to " + InWords.count(first + shown - 1) + " of "
				+ (page.totalIsExact() ? "" : "more than ") + InWords.count(page.total(), "product");
	}

	private static Map<String, Column> columns(Query query, ProductOrder order) {
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

	/** The filters as the form sends them: what is empty holds nothing back. */
	record Query(@Nullable String sku, @Nullable String name, @Nullable String description, @Nullable String active,
			@Nullable String sort, @Nullable String after) {

		Query {
			after = StringUtils.hasText(after) ? after : null;
			sort = (StringUtils.hasText(sort) && !sort.equals("sku")) ? sort : null;
		}

		ProductOrder order() {
			return (this.sort != null) ? ProductOrder.of(this.sort) : ProductOrder.DEFAULT;
		}

		ProductFilter filter() {
			return new ProductFilter(text(this.sku), text(this.name), text(this.description),
					StringUtils.hasText(this.active) ? Boolean.valueOf(this.active) : null, null, null, null);
		}

		String address(@Nullable String sort, @Nullable String after) {
			UriComponentsBuilder address = UriComponentsBuilder.fromPath("/ui/products");
			addFilter(address);
			add(address, "sort", "sku".equals(sort) ? null : sort);
			add(address, "after", after);
			return address.build().toUriString();
		}

		/** Of the CSV with all products of the list. */
		String exportAddress() {
			UriComponentsBuilder address = UriComponentsBuilder.fromPath("/products/export");
			addFilter(address);
			return address.build().toUriString();
		}

		private void addFilter(UriComponentsBuilder address) {
			add(address, "sku", this.sku);
			add(address, "name", this.name);
			add(address, "description", this.description);
			add(address, "active", this.active);
		}

		private static @Nullable String text(@Nullable String text) {
			return StringUtils.hasText(text) ? text.replace("\0", "") : null;
		}

		private static void add(UriComponentsBuilder address, String name, @Nullable String value) {
			if (StringUtils.hasText(value)) {
				address.queryParam(name, UriUtils.encode(value, StandardCharsets.UTF_8));
			}
		}

	}

}
