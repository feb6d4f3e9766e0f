package productimporter.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import productimporter.platform.InWords;

/**
 * A webhook as pages show it: what its owner wants, and what happens.
 *
 * @param state what happens
 * @param last how the last call went
 * @param took the last call's time, or a dash
 * @param lastAt when it was, empty for never
 * @param waiting deliveries to be sent
 * @param held deliveries kept for a replay
 * @param pausedUntil in words, {@code null} when it is not paused
 */
record WebhookView(UUID id, String name, String url, List<String> types, Mode mode, boolean enabled, State state,
		State last, String took, String lastAt, int failuresInRow, @Nullable String pausedUntil,
		@Nullable String disabledReason, @Nullable String disabledAt, int waiting, int held,
		@Nullable Instant heldSince, HealthChart chart) {

	static WebhookView of(Webhook webhook, Health health, DeliveryLog log, Instant now) {
		DeliveryLog.Held held = log.held(webhook.id());
		Instant paused = health.isPaused(now) ? health.pausedUntil() : null;
		return new WebhookView(webhook.id(), webhook.name(), webhook.url(),
				webhook.eventTypes().stream().map(EventType::code).toList(), webhook.mode(), webhook.enabled(),
				state(webhook, health, now), last(health),
				(health.lastResponseTime() != null) ? InWords.count(health.lastResponseTime()) + " ms" : "–",
				(health.lastAttemptAt() != null) ? InWords.moment(health.lastAttemptAt(), now) : "",
				health.failuresInRow(), (paused != null) ? inSentence(paused, now) : null, webhook.disabledReason(),
				(webhook.disabledAt() != null) ? inSentence(webhook.disabledAt(), now) : null,
				log.pending(webhook.id()), held.count(), held.since(),
				HealthChart.of(log.hours(webhook.id(), HealthChart.since(now)), now));
	}

	private static String inSentence(Instant at, Instant now) {
		return InWords.moment(at, now).replace("Today", "today");
	}

	private static State state(Webhook webhook, Health health, Instant now) {
		if (!webhook.enabled()) {
			return (webhook.disabledReason() != null) ? new State("bad", "bad", "Switched off")
					: new State("off", "", "Off");
		}
		if (health.isPaused(now)) {
			return new State("pause", "bad", "Paused");
		}
		if (health.failuresInRow() > 0) {
			return new State("warn", "warn", "Retrying");
		}
		return (health.lastAttemptAt() != null) ? new State("ok", "ok", "Working")
				: new State("wait", "", "Not called yet");
	}

	private static State last(Health health) {
		return (health.lastAttemptAt() != null) ? State.of(health.lastStatus(), health.lastError())
				: new State("off", "", "None yet");
	}

	/** An icon and a word; the tone only repeats it. */
	record State(String icon, String tone, String words) {

		static State of(@Nullable Integer status, @Nullable String error) {
			return (error == null) ? new State("check", "ok", Outcome.words(status, null))
					: new State("bad", "bad", Outcome.words(status, error));
		}

	}

}
