package productimporter.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import productimporter.platform.InWords;

/**
 * A delivery as pages show it.
 *
 * @param at when it was made
 * @param products how many, empty for one or none
 * @param answer to the last try
 * @param took the last try's time
 * @param tries such as {@code 2 of 10}
 * @param next what comes, empty when nothing does
 */
record DeliveryView(UUID id, UUID webhookId, UUID eventId, String at, String atIso, String type, String products,
		WebhookView.State answer, String took, String tries, String next, boolean repeatable, List<TryView> calls) {

	static DeliveryView of(DeliveryLog.Logged logged, Instant now) {
		DeliveryLog.Entry entry = logged.entry();
		DeliveryLog.@Nullable LoggedTry last = logged.tries().isEmpty() ? null
				: logged.tries().get(logged.tries().size() - 1);
		return new DeliveryView(entry.id(), entry.webhookId(), entry.eventId(), InWords.moment(entry.createdAt(), now),
				entry.createdAt().toString(), entry.eventType(), products(entry),
				(last != null) ? WebhookView.State.of(last.status(), last.error()) : waiting(entry),
				(last != null) ? InWords.count(last.millis()) + " ms" : "–",
				entry.trigger().equals("test") ? "Test" : entry.tries() + " of " + RetryTimes.MAX_TRIES,
				next(entry, last != null, now),
				entry.kept() && !entry.state().equals("pending") && !entry.trigger().equals("test"),
				logged.tries().stream().map((one) -> TryView.of(one, now)).toList());
	}

	private static String products(DeliveryLog.Entry entry) {
		return (entry.eventType().startsWith("product.") && entry.items() > 1) ? InWords.count(entry.items(), "product")
				: "";
	}

	private static WebhookView.State waiting(DeliveryLog.Entry entry) {
		return switch (entry.state()) {
			case "held" -> new WebhookView.State("pause", "", "Kept for later");
			case "expired" -> new WebhookView.State("off", "", "Too old, not sent");
			default -> new WebhookView.State("wait", "", "Waiting");
		};
	}

	private static String next(DeliveryLog.Entry entry, boolean tried, Instant now) {
		if (entry.state().equals("pending") && tried) {
			Duration until = Duration.between(now, entry.dueAt());
			return until.isNegative() || until.isZero() ? "Next try is due"
					: "Next try in " + InWords.about(until.toSeconds());
		}
		return switch (entry.state()) {
			case "failed" -> entry.trigger().equals("test") ? "" : "Given up";
			case "held" -> tried ? "Kept for later" : "";
			case "expired" -> tried ? "Too old, not tried again" : "";
			default -> "";
		};
	}

	/** A call of the receiver. */
	record TryView(String title, String at, WebhookView.State answer, String took, @Nullable String body) {

		private static TryView of(DeliveryLog.LoggedTry one, Instant now) {
			String title = switch (one.trigger()) {
				case "test" -> "Test";
				case "redelivery" -> "Sent again, try " + one.number();
				default -> "Try " + one.number();
			};
			return new TryView(title, InWords.moment(one.startedAt(), now),
					WebhookView.State.of(one.status(), one.error()), InWords.count(one.millis()) + " ms",
					(one.body() != null && !one.body().isEmpty()) ? one.body() : null);
		}

	}

}
