package productimporter.products;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;

import productimporter.platform.FieldsInvalid;
import productimporter.platform.Page;

/**
 * The form of a product: a dialog over the list with HTMX, a page of its own without.
 */
@Page
@RequestMapping("/ui/products")
class ProductEditPage {

	private static final Set<String> FIELDS = ProductFields.ALL;

	private final Products products;

	private final ProductRules rules;

	ProductEditPage(Products products, ProductRules rules) {
		this.products = products;
		this.rules = rules;
	}

	@GetMapping("/new")
	String create(@RequestHeader(name = "HX-Request", required = false) boolean htmx, Model model) {
		return show(ProductForm.EMPTY, htmx ? " :: dialog" : "", model);
	}

	@GetMapping("/{id}")
	String edit(@PathVariable UUID id, @RequestHeader(name = "HX-Request", required = false) boolean htmx,
			Model model) {
		return show(ProductForm.of(this.products.get(id)), htmx ? " :: dialog" : "", model);
	}

	@PostMapping
	String create(@ModelAttribute("sent") ProductForm sent,
			@RequestHeader(name = "HX-Request", required = false) boolean htmx, Model model,
			HttpServletResponse response) {
		return save(sent.at(null, null), htmx, model, response);
	}

	@PostMapping("/{id}")
	String save(@PathVariable UUID id, @ModelAttribute("sent") ProductForm sent,
			@RequestHeader(name = "HX-Request", required = false) boolean htmx, Model model,
			HttpServletResponse response) {
		return save(sent.at(id, sent.version()), htmx, model, response);
	}

	private String save(ProductForm form, boolean htmx, Model model, HttpServletResponse response) {
		String fragment = htmx ? " :: product-form" : "";
		try {
			ProductFields fields = form.fields(this.rules, FIELDS);
			Product saved = (form.id() == null) ? this.products.create(fields)
					: this.products.change(form.id(), fields, condition(form.version()));
			return htmx ? HtmxAnswer.done(response, saved.sku(), (form.id() == null) ? "added" : "saved")
					: "redirect:/ui/products";
		}
		catch (FieldsInvalid ex) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			model.addAttribute("errors", ProductForm.errors(ex.problems()));
			return show(form, fragment, model);
		}
		catch (SkuTaken ex) {
			response.setStatus(ex.status().value());
			model.addAttribute("errors", Map.of("sku", "is taken: there is a product of this SKU already"));
			return show(form, fragment, model);
		}
		catch (ProductChanged ex) {
			response.setStatus(ex.status().value());
			model.addAttribute("conflict", form.conflict(ex.current()));
			return show(form.at(form.id(), ex.current().version()), fragment, model);
		}
	}

	private static String show(ProductForm form, String fragment, Model model) {
		model.addAttribute("form", form);
		if (!model.containsAttribute("errors")) {
			model.addAttribute("errors", Map.of());
		}
		return "products/product" + fragment;
	}

	static IfMatch condition(@Nullable Long version) {
		return (version != null) ? IfMatch.version(version) : IfMatch.ANY;
	}

}
