package productimporter.webhooks;

import java.time.Instant;
import java.util.UUID;

/**
 * A webhook was switched off because its receiver doesn't take calls. Published as an
 * application event inside the transaction that switches it off.
 *
 * @param name as its owner named it
 * @param reason for people, a sentence
 */
public record WebhookDisabled(UUID id, String name, String url, String reason, Instant at) {
}
