package productimporter.webhooks;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of the log, the newest first.
 *
 * @param next for {@code after}, {@code null} on the last page
 */
record DeliveryPage(List<DeliveryJson> items, @Nullable String next) {

	/**
	 * Cut a page.
	 * @param found one more than {@code size} when there is another page
	 */
	static DeliveryPage of(List<DeliveryLog.Logged> found, int size) {
		List<DeliveryJson> items = found.stream().limit(size).map(DeliveryJson::of).toList();
		return new DeliveryPage(items, (found.size() > size) ? items.get(size - 1).id().toString() : null);
	}

}
