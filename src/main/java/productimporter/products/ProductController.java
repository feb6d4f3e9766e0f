package productimporter.products;

import java.util.List;

import productimporter.platform.RequestRefused;
import productimporter.platform.StrictParameters;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The calls below {@code /products}.
 */
@RestController
@RequestMapping("/products")
@StrictParameters
class ProductController {

	private static final int MAX_SIZE = 500;

	private final ProductTable products;

	ProductController(ProductTable products) {
		this.products = products;
	}

	@GetMapping
	Page list(@RequestParam(defaultValue = "1") int page, @RequestParam(defaultValue = "50") int size) {
		if (page < 1) {
			throw new RequestRefused(HttpStatus.BAD_REQUEST, "page_invalid", "Pages are counted from 1.", "page");
		}
		if (size < 1 || size > MAX_SIZE) {
			throw new RequestRefused(HttpStatus.BAD_REQUEST, "size_invalid",
					"A page has 1 to " + MAX_SIZE + " products.", "size");
		}
		long total = this.products.count();
		return new Page(this.products.page(size, (page - 1L) * size), page, size, total, true,
				(total + size - 1) / size);
	}

	/** A page of products in the order of their SKUs. */
	record Page(List<Product> items, int page, int size, long total, boolean totalIsExact, long pages) {
	}

}
