package productimporter.products;

import java.time.Clock;
import java.util.List;
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
import org.springframework.web.bind.annotation.RequestParam;

import productimporter.platform.FieldsInvalid;
import productimporter.platform.Page;

/**
 * A row of the list, which becomes a form and a row again.
 */
@Page
@RequestMapping("/ui/products/{id}")
class ProductRowPart {

	private static final Set<String> FIELDS = Set.of("name", "description", "price", "active");

	private final Products products;

	private final ProductRules rules;

	private final Clock clock;

	ProductRowPart(Products products, ProductRules rules, Clock clock) {
		this.products = products;
		this.rules = rules;
		this.clock = clock;
	}

	@GetMapping("/row")
	String row(@PathVariable UUID id, Model model) {
		return show(this.products.get(id), model);
	}

	@GetMapping("/row/edit")
	String edit(@PathVariable UUID id, Model model) {
		return form(ProductForm.of(this.products.get(id)), model);
	}

	@PostMapping("/row")
	String save(@PathVariable UUID id, @ModelAttribute("sent") ProductForm sent, Model model,
			HttpServletResponse response) {
		try {
			Product saved = this.products.change(id, sent.fields(this.rules, FIELDS),
					ProductEditPage.condition(sent.version()));
			HtmxAnswer.say(response, saved.sku(), "saved");
			return show(saved, model);
		}
		catch (FieldsInvalid ex) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			model.addAttribute("errors", ProductForm.errors(ex.problems()));
			return form(sent.at(id, sent.version()), model);
		}
		catch (ProductChanged ex) {
			response.setStatus(ex.status().value());
			model.addAttribute("conflict", sent.conflict(ex.current()));
			return form(sent.at(id, ex.current().version()), model);
		}
	}

	/** Asks for no version: nothing but this one field is changed. */
	@PostMapping("/active")
	String activate(@PathVariable UUID id, @RequestParam boolean active,
			@RequestHeader(name = "HX-Request", required = false) boolean htmx, Model model,
			HttpServletResponse response) {
		ProductFields fields = new ProductFields(null, null, null, null, active, Set.of("active"));
		Product saved = this.products.change(id, this.rules.check(fields, List.of()), IfMatch.ANY);
		HtmxAnswer.say(response, saved.sku(), active ? "is active" : "is inactive");
		model.addAttribute("rows", List.of(ProductRow.of(saved, this.clock.instant())));
		return htmx ? "products/products :: row" : "redirect:/ui/products";
	}

	private String show(Product product, Model model) {
		model.addAttribute("rows", List.of(ProductRow.of(product, this.clock.instant())));
		model.addAttribute("focus", true);
		return "products/products :: row";
	}

	private String form(ProductForm form, Model model) {
		model.addAttribute("form", form);
		// the SKU is shown, not edited, and not sent
		model.addAttribute("sku", (form.sku() != null) ? form.sku() : sku(form.id()));
		if (!model.containsAttribute("errors")) {
			model.addAttribute("errors", Map.of());
		}
		return "products/products :: row-edit";
	}

	private String sku(@Nullable UUID id) {
		return (id != null) ? this.products.get(id).sku() : "";
	}

}
