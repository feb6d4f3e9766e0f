package productimporter.products;

import java.util.UUID;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import productimporter.imports.BulkDeleteRuns;
import productimporter.platform.InWords;
import productimporter.platform.Page;

/**
 * Asks before all products are deleted that match a list's filters. Who deletes many, or
 * more than can be known yet, has to type the number.
 */
@Page
@RequestMapping("/ui/products/delete-all")
class BulkDeletePage {

	/** More than these are not deleted by a mere click. */
	private static final long MOST_UNTYPED = 1_000;

	private final BulkDeletes deletes;

	private final BulkDeleteRuns runs;

	BulkDeletePage(BulkDeletes deletes, BulkDeleteRuns runs) {
		this.deletes = deletes;
		this.runs = runs;
	}

	@GetMapping
	String ask(ProductQuery query, @RequestHeader(name = "HX-Request", required = false) boolean htmx, Model model) {
		show(query, model);
		return htmx ? "products/delete-all :: dialog" : "products/delete-all";
	}

	/**
	 * Deletes, if as many match as the person saw and the number was typed where it has
	 * to be. Both are looked at anew.
	 */
	@PostMapping
	String delete(ProductQuery query, @RequestParam long expected, @RequestParam(defaultValue = "") String confirm,
			@RequestHeader(name = "HX-Request", required = false) boolean htmx, Model model,
			HttpServletResponse response) {
		ProductSelection selection = ProductSelection.of(query.filter());
		if (mustType(expected) && !isNumber(confirm, expected)) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			model.addAttribute("typo", confirm);
			return again(query, htmx, model);
		}
		try {
			UUID job = this.deletes.request(selection, expected);
			return htmx
					? HtmxAnswer.done(response, null,
							"Deleting " + InWords.count(expected, "product") + ". You can go on working.")
					: "redirect:/ui/jobs/" + job;
		}
		catch (CountDiffers ex) {
			response.setStatus(ex.status().value());
			model.addAttribute("seen", InWords.count(expected));
			return again(query, htmx, model);
		}
	}

	private String again(ProductQuery query, boolean htmx, Model model) {
		show(query, model);
		return htmx ? "products/delete-all :: question" : "products/delete-all";
	}

	private void show(ProductQuery query, Model model) {
		ProductFilter filter = query.filter();
		long count = this.deletes.count(ProductSelection.of(filter));
		boolean waits = this.runs.wouldWait();
		model.addAttribute("fields", query.fields());
		model.addAttribute("filter", filter.isNone() ? null : ProductSelection.of(filter).inWords());
		model.addAttribute("number", count);
		model.addAttribute("shown", InWords.count(count));
		model.addAttribute("products", InWords.count(count, "product"));
		model.addAttribute("waits", waits);
		model.addAttribute("beside", this.runs.severalAtOnce());
		model.addAttribute("typed", count > MOST_UNTYPED || waits);
	}

	private boolean mustType(long expected) {
		return expected > MOST_UNTYPED || this.runs.wouldWait();
	}

	/** 12408, 12,408, 12.408 and 12 408 are one number. */
	private static boolean isNumber(@Nullable String typed, long number) {
		return typed != null && typed.replaceAll("[\\s,.'\u00a0\u202f]", "").equals(Long.toString(number));
	}

}
