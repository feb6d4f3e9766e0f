package productimporter.webhooks;

import java.util.UUID;

/**
 * A delivery that is due.
 *
 * @param tries so far
 * @param trigger event, redelivery or test
 * @param rank the lower, the sooner
 */
record PendingDelivery(UUID id, int tries, String trigger, int rank, Event event) {
}
