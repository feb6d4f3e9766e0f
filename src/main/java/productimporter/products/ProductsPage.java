package productimporter.products;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import productimporter.platform.InWords;
import productimporter.platform.Page;

/**
 * The catalogue, page by page.
 */
@Page
@RequestMapping("/ui/products")
class ProductsPage {

	private static final int SIZE = 50;

	private final ProductTable products;

	private final Clock clock;

	ProductsPage(ProductTable products, Clock clock) {
		this.products = products;
		this.clock = clock;
	}

	@GetMapping
	String page(@RequestParam(defaultValue = "1") int page, Model model) {
		rows(page, model);
		return "products/products";
	}

	@GetMapping(headers = "HX-Target=products")
	String rows(@RequestParam(defaultValue = "1") int page, Model model) {
		long total = this.products.count();
		int last = (int) Math.max(1, (total + SIZE - 1) / SIZE);
		int shown = Math.max(1, Math.min(page, last));
		long first = (shown - 1L) * SIZE;
		Instant now = this.clock.instant();
		List<Row> rows = this.products.page(SIZE, first).stream().map((product) -> Row.of(product, now)).toList();
		model.addAttribute("rows", rows);
		model.addAttribute("total", InWords.count(total, "product"));
		model.addAttribute("range", InWords.count(Math.min(total, first + 1)) + " to "
				+ InWords.count(first + rows.size()) + " of " + InWords.count(total));
		model.addAttribute("pages", "page " + InWords.count(shown) + " of " + InWords.count(last));
		model.addAttribute("page", shown);
		model.addAttribute("previous", (shown > 1) ? shown - 1 : null);
		model.addAttribute("next", (shown < last) ? shown + 1 : null);
		return "products/products :: products";
	}

	/**
	 * A product as the list shows it.
	 *
	 * @param price with two decimals, or {@code null}
	 * @param updated in UTC
	 */
	record Row(String sku, String name, @Nullable String description, @Nullable String price, boolean active,
			String updated, String updatedIso) {

		static Row of(Product product, Instant now) {
			return new Row(product.sku(), product.name(), product.description(),
					(product.price() != null) ? String.format(Locale.ENGLISH, "%,.2f", product.price()) : null,
					product.active(), InWords.moment(product.updatedAt(), now), product.updatedAt().toString());
		}

	}

}
