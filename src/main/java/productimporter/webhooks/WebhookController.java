package productimporter.webhooks;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import productimporter.platform.StrictParameters;

/**
 * The calls below {@code /webhooks}.
 */
@RestController
@RequestMapping("/webhooks")
@StrictParameters
class WebhookController {

	private final Webhooks webhooks;

	private final DeliveryLog log;

	private final WebhookBody body;

	private final TestCall test;

	WebhookController(Webhooks webhooks, DeliveryLog log, WebhookBody body, TestCall test) {
		this.webhooks = webhooks;
		this.log = log;
		this.body = body;
		this.test = test;
	}

	@GetMapping
	Map<String, List<WebhookJson>> list() {
		return Map.of("items", this.webhooks.all().stream().map(this::json).toList());
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<WebhookJson> create(InputStream sent) throws IOException {
		Webhooks.WithSecret created = this.webhooks.create(this.body.read(sent, null));
		return ResponseEntity.created(URI.create("/webhooks/" + created.webhook().id()))
			.body(json(created.webhook()).withSecret(created.secret()));
	}

	@GetMapping("/{id}")
	WebhookJson get(@PathVariable UUID id) {
		return json(this.webhooks.get(id));
	}

	@PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
	WebhookJson replace(@PathVariable UUID id, InputStream sent) throws IOException {
		return json(this.webhooks.change(id, this.body.read(sent, this.webhooks.get(id))));
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@PathVariable UUID id) {
		this.webhooks.delete(id);
	}

	@PostMapping("/{id}/rotate-secret")
	WebhookJson rotate(@PathVariable UUID id) {
		Webhooks.WithSecret rotated = this.webhooks.rotate(id);
		return json(rotated.webhook()).withSecret(rotated.secret());
	}

	/** No thread waits for the receiver. */
	@PostMapping("/test/{id}")
	CompletableFuture<TestResult> test(@PathVariable UUID id) {
		return this.test.send(id).thenApply(TestResult::of);
	}

	@GetMapping("/{id}/deliveries")
	DeliveryPage deliveries(@PathVariable UUID id,
			@RequestParam @Nullable @Pattern(regexp = "pending|held|delivered|failed|expired",
					message = "must be one of pending, held, delivered, failed, expired") String state,
			@RequestParam @Nullable UUID after, @RequestParam(defaultValue = "50") @Min(1) @Max(500) int size) {
		this.webhooks.get(id);
		return DeliveryPage.of(this.log.page(id, state, after, size + 1), size);
	}

	@PostMapping("/deliveries/{id}/redeliver")
	@ResponseStatus(HttpStatus.ACCEPTED)
	DeliveryJson redeliver(@PathVariable UUID id) {
		return DeliveryJson.of(this.log.logged(this.webhooks.redeliver(id)));
	}

	@PostMapping("/{id}/redeliver")
	@ResponseStatus(HttpStatus.ACCEPTED)
	Map<String, Integer> redeliver(@PathVariable UUID id, @RequestParam Instant from,
			@RequestParam @Nullable Instant to) {
		return Map.of("deliveries", this.webhooks.redeliver(id, from, to));
	}

	private WebhookJson json(Webhook webhook) {
		return WebhookJson.of(webhook, this.webhooks.health(webhook.id()), this.log.held(webhook.id()));
	}

	/** What a test found; {@code httpStatus} is {@code null} when there was no answer. */
	record TestResult(@Nullable Integer httpStatus, int responseTimeMs, @Nullable String bodyExcerpt,
			@Nullable String error) {

		private static TestResult of(Outcome outcome) {
			return new TestResult(outcome.status(), outcome.millis(), outcome.body(), outcome.error());
		}

	}

}
