package productimporter.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as programs see it.
 *
 * @param secret there only in the answer that makes it
 * @param lastStatus HTTP status of the last call, {@code null} when there was no answer
 * @param lastResponseTime in milliseconds
 * @param lastError class of error of the last call, {@code null} for a success
 * @param pausedUntil no call before
 * @param disabledReason why we switched it off
 * @param held deliveries kept for a replay since {@code heldSince}
 */
record WebhookJson(UUID id, String name, String url, List<String> eventTypes, String mode, boolean enabled,
		@Nullable Integer lastStatus, @Nullable Integer lastResponseTime, @Nullable String lastError,
		@Nullable Instant lastAttemptAt, int failuresInRow, @Nullable Instant pausedUntil,
		@Nullable String disabledReason, @Nullable Instant disabledAt, int held, @Nullable Instant heldSince,
		Instant createdAt, Instant updatedAt, String secretMasked,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {

	static WebhookJson of(Webhook webhook, Health health, DeliveryLog.Held held) {
		return new WebhookJson(webhook.id(), webhook.name(), webhook.url(),
				webhook.eventTypes().stream().map(EventType::code).toList(), webhook.mode().code(), webhook.enabled(),
				health.lastStatus(), health.lastResponseTime(), health.lastError(), health.lastAttemptAt(),
				health.failuresInRow(), health.pausedUntil(), webhook.disabledReason(), webhook.disabledAt(),
				held.count(), held.since(), webhook.createdAt(), webhook.updatedAt(), "whsec_••••••••", null);
	}

	WebhookJson withSecret(String made) {
		return new WebhookJson(this.id, this.name, this.url, this.eventTypes, this.mode, this.enabled, this.lastStatus,
				this.lastResponseTime, this.lastError, this.lastAttemptAt, this.failuresInRow, this.pausedUntil,
				this.disabledReason, this.disabledAt, this.held, this.heldSince, this.createdAt, this.updatedAt,
				this.secretMasked, made);
	}

	@Override
	public String toString() {
		return "WebhookJson " + this.id;
	}

}
