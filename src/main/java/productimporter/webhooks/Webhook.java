package productimporter.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An address that is called when something happens, as its owner has set it.
 *
 * @param enabled whether it is called
 * @param disabledReason why we switched it off, {@code null} when we did not; kept while
 * deliveries are held
 * @param disabledAt when
 */
record Webhook(UUID id, String name, String url, List<EventType> eventTypes, Mode mode, boolean enabled,
		@Nullable String disabledReason, @Nullable Instant disabledAt, Instant createdAt, Instant updatedAt) {

	/** What the owner sets. */
	record Fields(String name, String url, List<EventType> eventTypes, Mode mode, boolean enabled) {
	}

}
