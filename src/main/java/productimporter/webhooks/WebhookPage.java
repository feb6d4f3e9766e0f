package productimporter.webhooks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

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

import productimporter.platform.FieldProblem;
import productimporter.platform.FieldsInvalid;
import productimporter.platform.InWords;
import productimporter.platform.Page;

/**
 * One webhook: its form, its secret, its deliveries, and what to do when it is off.
 */
@Page
@RequestMapping("/ui/webhooks")
class WebhookPage {

	private static final int SIZE = 20;

	/** A payload longer than this is shown in part. */
	private static final int SHOWN = 20_000;

	private final Webhooks webhooks;

	private final DeliveryLog log;

	private final WebhookRules rules;

	private final AllowedAddresses allowed;

	private final Clock clock;

	WebhookPage(Webhooks webhooks, DeliveryLog log, WebhookRules rules, AllowedAddresses allowed, Clock clock) {
		this.webhooks = webhooks;
		this.log = log;
		this.rules = rules;
		this.allowed = allowed;
		this.clock = clock;
	}

	@GetMapping("/new")
	String create(@RequestHeader(name = "HX-Request", required = false) boolean htmx, Model model) {
		return form(WebhookForm.EMPTY, Map.of(), htmx ? " :: dialog" : "", model);
	}

	@GetMapping("/{id}/edit")
	String edit(@PathVariable UUID id, @RequestHeader(name = "HX-Request", required = false) boolean htmx,
			Model model) {
		return form(WebhookForm.of(this.webhooks.get(id)), Map.of(), htmx ? " :: dialog" : "", model);
	}

	/** The page that follows is the only one that shows the secret. */
	@PostMapping
	String create(@ModelAttribute("sent") WebhookForm sent,
			@RequestHeader(name = "HX-Request", required = false) boolean htmx, Model model,
			HttpServletResponse response) {
		try {
			Webhooks.WithSecret created = this.webhooks.create(sent.fields(this.rules, true));
			return withSecret(created, htmx, model, response);
		}
		catch (FieldsInvalid ex) {
			return refused(sent.at(null), ex, htmx, model, response);
		}
	}

	@PostMapping("/{id}")
	String save(@PathVariable UUID id, @ModelAttribute("sent") WebhookForm sent,
			@RequestHeader(name = "HX-Request", required = false) boolean htmx, Model model,
			HttpServletResponse response) {
		try {
			this.webhooks.change(id, sent.fields(this.rules, this.webhooks.get(id).enabled()));
		}
		catch (FieldsInvalid ex) {
			return refused(sent.at(id), ex, htmx, model, response);
		}
		if (htmx) {
			response.setHeader("HX-Refresh", "true");
			return "fragments :: nothing";
		}
		return "redirect:/ui/webhooks/" + id;
	}

	@PostMapping("/{id}/secret")
	String rotate(@PathVariable UUID id, Model model, HttpServletResponse response) {
		model.addAttribute("rotated", true);
		return withSecret(this.webhooks.rotate(id), false, model, response);
	}

	@GetMapping("/{id}")
	String page(@PathVariable UUID id, @RequestParam @Nullable UUID after, Model model) {
		show(this.webhooks.get(id), after, model);
		return "webhooks/webhook";
	}

	@GetMapping(path = "/{id}", headers = "HX-Target=deliveries")
	String deliveries(@PathVariable UUID id, @RequestParam @Nullable UUID after, Model model) {
		show(this.webhooks.get(id), after, model);
		return "webhooks/webhook :: deliveries";
	}

	/** Switches it on again. */
	@PostMapping("/{id}/resume")
	String resume(@PathVariable UUID id, @RequestParam boolean replay) {
		this.webhooks.resume(id, replay);
		return "redirect:/ui/webhooks/" + id;
	}

	@GetMapping("/deliveries/{id}")
	String delivery(@PathVariable UUID id, @RequestHeader(name = "HX-Request", required = false) boolean htmx,
			Model model) {
		DeliveryLog.Entry entry = this.log.find(id).orElseThrow(() -> WebhookNotFound.of(id));
		String payload = this.log.payload(entry.eventId());
		model.addAttribute("delivery", DeliveryView.of(this.log.logged(entry), this.clock.instant()));
		model.addAttribute("payload",
				(payload != null && payload.length() > SHOWN) ? payload.substring(0, SHOWN) + "…" : payload);
		model.addAttribute("webhook", this.webhooks.get(entry.webhookId()));
		return htmx ? "webhooks/delivery :: dialog" : "webhooks/delivery";
	}

	@PostMapping("/deliveries/{id}/redeliver")
	String redeliver(@PathVariable UUID id, @RequestHeader(name = "HX-Request", required = false) boolean htmx,
			Model model) {
		UUID webhook = this.webhooks.redeliver(id).webhookId();
		return htmx ? deliveries(webhook, null, model) : "redirect:/ui/webhooks/" + webhook;
	}

	private String withSecret(Webhooks.WithSecret made, boolean htmx, Model model, HttpServletResponse response) {
		model.addAttribute("secret", made.secret());
		show(made.webhook(), null, model);
		if (htmx) {
			response.setHeader("HX-Retarget", "#main");
			response.setHeader("HX-Reswap", "outerHTML show:window:top");
			response.setHeader("HX-Push-Url", "/ui/webhooks/" + made.webhook().id());
			return "webhooks/webhook :: main";
		}
		return "webhooks/webhook";
	}

	private String refused(WebhookForm sent, FieldsInvalid ex, boolean htmx, Model model,
			HttpServletResponse response) {
		response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
		return form(sent,
				ex.problems()
					.stream()
					.collect(Collectors.toMap((problem) -> String.valueOf(problem.field()), FieldProblem::message)),
				htmx ? " :: webhook-form" : "", model);
	}

	private void show(Webhook webhook, @Nullable UUID after, Model model) {
		Instant now = this.clock.instant();
		List<DeliveryLog.Logged> found = this.log.page(webhook.id(), null, after, SIZE + 1);
		model.addAttribute("webhook", WebhookView.of(webhook, this.webhooks.health(webhook.id()), this.log, now));
		model.addAttribute("deliveries",
				found.stream().limit(SIZE).map((logged) -> DeliveryView.of(logged, now)).toList());
		model.addAttribute("count",
				InWords.count(this.log.count(webhook.id()), "delivery").replace("deliverys", "deliveries"));
		String address = "/ui/webhooks/" + webhook.id();
		model.addAttribute("newest", (after != null) ? address : null);
		model.addAttribute("next",
				(found.size() > SIZE) ? address + "?after=" + found.get(SIZE - 1).entry().id() : null);
		model.addAttribute("kept", InWords.moment(now.plus(EventRetention.EVENTS), now));
		model.addAttribute("giveUp", InWords.about(Duration.ofDays(5).toSeconds()));
		form(WebhookForm.of(webhook), Map.of(), "", model);
	}

	private String form(WebhookForm form, Map<String, String> errors, String fragment, Model model) {
		model.addAttribute("form", form);
		model.addAttribute("errors", errors);
		model.addAttribute("types", EventType.CHOOSABLE);
		model.addAttribute("modes", Mode.values());
		model.addAttribute("allowed", String.join(", ", this.allowed.blocks()));
		return "webhooks/form" + fragment;
	}

}
