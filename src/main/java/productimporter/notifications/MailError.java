package productimporter.notifications;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Why a mail could not be sent.
 *
 * @param text as the mail server or the network said it; may quote the recipient
 * @param at when it was tried, {@code null} while that is not known
 * @param givenUp whether it is not tried any more
 */
record MailError(String text, @Nullable Instant at, boolean givenUp) {
}
