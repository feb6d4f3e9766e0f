package productimporter.products;

import java.util.List;
import java.util.UUID;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import productimporter.platform.InWords;
import productimporter.platform.Page;
import productimporter.platform.RequestRefused;

/**
 * Asks before products are deleted, one or those selected on a page.
 */
@Page
@RequestMapping("/ui/products")
class ProductDeletePage {

	/** Those of one page. */
	private static final int MOST = 500;

	private static final int NAMED = 10;

	private final Products products;

	ProductDeletePage(Products products) {
		this.products = products;
	}

	@GetMapping("/{id}/delete")
	String ask(@PathVariable UUID id, @RequestHeader(name = "HX-Request", required = false) boolean htmx, Model model) {
		Product product = this.products.get(id);
		model.addAttribute("version", product.version());
		return ask(List.of(product), htmx, model);
	}

	@PostMapping("/{id}/delete")
	String delete(@PathVariable UUID id, @RequestParam @Nullable Long version,
			@RequestHeader(name = "HX-Request", required = false) boolean htmx, Model model,
			HttpServletResponse response) {
		Product product = this.products.get(id);
		try {
			this.products.delete(id, ProductEditPage.condition(version));
		}
		catch (ProductChanged ex) {
			response.setStatus(ex.status().value());
			model.addAttribute("version", ex.current().version());
			model.addAttribute("conflict", ProductForm.of(product).conflict(ex.current()));
			ask(List.of(ex.current()), htmx, model);
			return htmx ? "products/delete :: question" : "products/delete";
		}
		return htmx ? HtmxAnswer.done(response, product.sku(), "deleted") : "redirect:/ui/products";
	}

	@GetMapping("/delete")
	String askForAll(@RequestParam(name = "id", defaultValue = "") List<UUID> ids,
			@RequestHeader(name = "HX-Request", required = false) boolean htmx, Model model) {
		return ask(this.products.find(bounded(ids)), htmx, model);
	}

	@PostMapping("/delete")
	String deleteAll(@RequestParam("id") List<UUID> ids,
			@RequestHeader(name = "HX-Request", required = false) boolean htmx, HttpServletResponse response) {
		int deleted = this.products.delete(bounded(ids));
		return htmx ? HtmxAnswer.done(response, null, InWords.count(deleted, "product") + " deleted")
				: "redirect:/ui/products";
	}

	private static String ask(List<Product> products, boolean htmx, Model model) {
		if (products.isEmpty()) {
			throw new RequestRefused(HttpStatus.BAD_REQUEST, "nothing_selected",
					"No product is selected. Tick some in the list first.", "id");
		}
		model.addAttribute("ids", products.stream().map(Product::id).toList());
		model.addAttribute("count", InWords.count(products.size(), "product"));
		model.addAttribute("named", products.stream().limit(NAMED).map(Product::sku).toList());
		model.addAttribute("others", Math.max(0, products.size() - NAMED));
		return htmx ? "products/delete :: dialog" : "products/delete";
	}

	private static List<UUID> bounded(List<UUID> ids) {
		if (ids.size() > MOST) {
			throw new RequestRefused(HttpStatus.BAD_REQUEST, "too_many_selected",
					"Up to " + MOST + " products are deleted at once.", "id");
		}
		return ids;
	}

}
