package productimporter.webhooks;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import productimporter.platform.InWords;
import productimporter.platform.Page;

/**
 * The list of webhooks: how each does, its switch, its test, and taking it away.
 */
@Page
@RequestMapping("/ui/webhooks")
class WebhooksPage {

	private final Webhooks webhooks;

	private final DeliveryLog log;

	private final TestCall test;

	private final AllowedAddresses allowed;

	private final Clock clock;

	WebhooksPage(Webhooks webhooks, DeliveryLog log, TestCall test, AllowedAddresses allowed, Clock clock) {
		this.webhooks = webhooks;
		this.log = log;
		this.test = test;
		this.allowed = allowed;
		this.clock = clock;
	}

	@GetMapping
	String page(Model model) {
		rows(model);
		model.addAttribute("allowed", String.join(", ", this.allowed.blocks()));
		return "webhooks/webhooks";
	}

	@GetMapping(headers = "HX-Target=webhook-rows")
	String rows(Model model) {
		Instant now = this.clock.instant();
		List<WebhookView> rows = this.webhooks.all()
			.stream()
			.map((webhook) -> WebhookView.of(webhook, this.webhooks.health(webhook.id()), this.log, now))
			.toList();
		model.addAttribute("rows", rows);
		model.addAttribute("on", rows.stream().filter(WebhookView::enabled).count());
		return "webhooks/webhooks :: rows";
	}

	/** The switch. */
	@PostMapping("/{id}/enabled")
	String enable(@PathVariable UUID id, @RequestParam boolean enabled,
			@RequestHeader(name = "HX-Request", required = false) boolean htmx, Model model) {
		Webhook before = this.webhooks.get(id);
		this.webhooks.change(id,
				new Webhook.Fields(before.name(), before.url(), before.eventTypes(), before.mode(), enabled));
		return htmx ? rows(model) : "redirect:/ui/webhooks";
	}

	@GetMapping("/{id}/delete")
	String ask(@PathVariable UUID id, @RequestHeader(name = "HX-Request", required = false) boolean htmx, Model model) {
		model.addAttribute("webhook", this.webhooks.get(id));
		return htmx ? "webhooks/delete :: dialog" : "webhooks/delete";
	}

	@PostMapping("/{id}/delete")
	String delete(@PathVariable UUID id, @RequestHeader(name = "HX-Request", required = false) boolean htmx,
			HttpServletResponse response) {
		this.webhooks.delete(id);
		if (htmx) {
			response.setHeader("HX-Redirect", "/ui/webhooks");
			return "fragments :: nothing";
		}
		return "redirect:/ui/webhooks";
	}

	/** No thread waits for the receiver. */
	@PostMapping("/{id}/test")
	CompletableFuture<ModelAndView> test(@PathVariable UUID id,
			@RequestHeader(name = "HX-Request", required = false) boolean htmx, HttpServletResponse response) {
		Webhook webhook = this.webhooks.get(id);
		response.setHeader("HX-Trigger", "pi:changed");
		return this.test.send(id).thenApply((outcome) -> {
			ModelAndView page = new ModelAndView(htmx ? "webhooks/test :: result" : "webhooks/test");
			page.addObject("webhook", webhook);
			page.addObject("answer", WebhookView.State.of(outcome.status(), outcome.error()));
			page.addObject("took", InWords.count(outcome.millis()) + " ms");
			page.addObject("sent", InWords.moment(outcome.startedAt(), this.clock.instant()));
			page.addObject("body", outcome.body());
			page.addObject("advice", Advice.on(outcome));
			return page;
		});
	}

}
