package productimporter.products;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Deletes many products, in the transactions of a job.
 */
@Component
public class BulkDeletion {

	private final SelectedProductTable products;

	BulkDeletion(SelectedProductTable products) {
		this.products = products;
	}

	/**
	 * How many products match, exactly.
	 * @param asOf of those that were there at this moment, by the database's clock
	 */
	public long count(ProductSelection selection, Instant asOf) {
		return this.products.count(selection, asOf);
	}

	/**
	 * Looks at the next products and deletes those that match, except those that someone
	 * else is changing. Never waits. Call inside a transaction.
	 * @param asOf only those that were there at this moment
	 * @param after the end of the window before, {@code null} for the first
	 * @param size how many products to look at, 1 or more
	 */
	public Window deleteNext(ProductSelection selection, Instant asOf, @Nullable UUID after, int size) {
		UUID end = this.products.idBehind(after, size).orElse(null);
		return new Window(this.products.delete(selection, asOf, after, end), end);
	}

	/**
	 * Deletes one product that matches still, when whoever is changing it is done.
	 * @param asOf only one that was there at this moment
	 * @return 0 if it has changed, else 1; empty when none is left
	 */
	public OptionalInt deleteLeft(ProductSelection selection, Instant asOf) {
		Optional<UUID> left = this.products.any(selection, asOf);
		return left.isPresent() ? OptionalInt.of(this.products.delete(selection, asOf, left.get()))
				: OptionalInt.empty();
	}

	/**
	 * The products looked at.
	 *
	 * @param deleted how many of them are deleted
	 * @param end id of the last, {@code null} when there are no more behind them
	 */
	public record Window(int deleted, @Nullable UUID end) {
	}

}
