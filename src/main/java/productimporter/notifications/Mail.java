package productimporter.notifications;

import java.time.Instant;
import java.util.UUID;

/**
 * A mail that waits.
 *
 * @param recipient one address
 * @param template the name below {@code templates/mail}
 * @param content JSON of what the template is filled with
 * @param tries so far
 */
record Mail(UUID id, String recipient, String template, String content, Instant queuedAt, int tries) {
}
