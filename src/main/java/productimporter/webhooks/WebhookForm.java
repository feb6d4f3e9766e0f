package productimporter.webhooks;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A webhook as a form shows it and sends it back: what someone wrote stays, also when it
 * is wrong.
 *
 * @param id {@code null} for a new webhook
 */
record WebhookForm(@Nullable UUID id, @Nullable String name, @Nullable String url, @Nullable List<String> types,
		@Nullable String mode) {

	static final WebhookForm EMPTY = new WebhookForm(null, null, null, List.of(EventType.PRODUCT_CREATED.code(),
			EventType.PRODUCT_UPDATED.code(), EventType.UPLOAD_COMPLETED.code()), Mode.BATCHED.code());

	static WebhookForm of(Webhook webhook) {
		return new WebhookForm(webhook.id(), webhook.name(), webhook.url(),
				webhook.eventTypes().stream().map(EventType::code).toList(), webhook.mode().code());
	}

	WebhookForm at(@Nullable UUID webhook) {
		return new WebhookForm(webhook, this.name, this.url, this.types, this.mode);
	}

	/**
	 * What was written, by the rules.
	 * @throws productimporter.platform.FieldsInvalid with what is wrong
	 */
	Webhook.Fields fields(WebhookRules rules, boolean enabled) {
		return rules.check(this.name, this.url, Objects.requireNonNullElse(this.types, List.of()),
				Objects.requireNonNullElse(this.mode, Mode.BATCHED.code()), enabled, List.of());
	}

	public boolean has(String type) {
		return this.types != null && this.types.contains(type);
	}

}
