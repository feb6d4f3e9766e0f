package productimporter.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A delivery as programs see it.
 *
 * @param eventId the header {@code webhook-id} of all its tries
 * @param state pending, held, delivered, failed or expired
 * @param items products in the message
 * @param nextTryAt when it is pending
 */
record DeliveryJson(UUID id, UUID eventId, String eventType, String state, String trigger, int items,
		@Nullable UUID uploadId, Instant createdAt, @Nullable Instant finishedAt, @Nullable Instant nextTryAt,
		List<Try> tries) {

	static DeliveryJson of(DeliveryLog.Logged logged) {
		DeliveryLog.Entry entry = logged.entry();
		return new DeliveryJson(entry.id(), entry.eventId(), entry.eventType(), entry.state(), entry.trigger(),
				entry.items(), entry.uploadId(), entry.createdAt(), entry.finishedAt(),
				entry.state().equals("pending") ? entry.dueAt() : null, logged.tries().stream().map(Try::of).toList());
	}

	/** One call of the receiver. */
	record Try(int number, String trigger, Instant startedAt, @Nullable Integer httpStatus, int responseTimeMs,
			@Nullable String error, @Nullable String bodyExcerpt) {

		private static Try of(DeliveryLog.LoggedTry one) {
			return new Try(one.number(), one.trigger(), one.startedAt(), one.status(), one.millis(), one.error(),
					one.body());
		}

	}

}
