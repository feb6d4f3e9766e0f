package productimporter.products;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Is told of every change of products, inside the transaction that makes it: what is
 * written here is committed with the change or not at all. What throws undoes the change.
 */
public interface ProductChanges {

	/** A product was put in by hand or by a call. */
	default void created(ChangedProduct product) {
	}

	/**
	 * A product was changed by hand or by a call.
	 * @param fields those whose value is another one now, named as in JSON; at least one
	 */
	default void updated(ChangedProduct product, Set<String> fields) {
	}

	/** A product was taken out by hand or by a call. */
	default void deleted(ChangedProduct product) {
	}

	/**
	 * A bulk delete has ended, completed or not; one that was stopped or failed may go on
	 * and end again.
	 * @param taskId the job
	 * @param count how many products it has deleted, over all attempts; 1 or more
	 * @param filter of the job, by name of the query parameter; empty for all products
	 */
	default void bulkDeleted(UUID taskId, long count, Map<String, String> filter) {
	}

	/**
	 * Which products of an import's chunk someone wants to know; asked before each chunk
	 * is written, in its transaction. What nobody wants to know costs nothing.
	 */
	default ImportInterest importInterest() {
		return ImportInterest.NONE;
	}

	/**
	 * A chunk of an import was written; called only where {@link #importInterest} asks
	 * for it, and only when there is something to tell.
	 * @param taskId the import
	 */
	default void imported(UUID taskId, ImportedProducts products) {
	}

	/**
	 * A product after its change.
	 *
	 * @param version as in its ETag (ops/decisions/0009); of one that was deleted, its
	 * last
	 */
	record ChangedProduct(UUID id, String sku, long version) {
	}

	/** Which products of a chunk are to be told. */
	record ImportInterest(boolean created, boolean updated) {

		public static final ImportInterest NONE = new ImportInterest(false, false);

		public ImportInterest or(ImportInterest other) {
			return new ImportInterest(this.created || other.created, this.updated || other.updated);
		}

		public boolean isNone() {
			return !this.created && !this.updated;
		}

	}

	/**
	 * What a chunk did.
	 *
	 * @param created products that were not there before
	 * @param updated products of which a value changed
	 * @param version of all these products, as in their ETags (ops/decisions/0009)
	 */
	record ImportedProducts(List<Item> created, List<Item> updated, long version) {
	}

	/**
	 * A product that a chunk has written.
	 *
	 * @param changes of an update: bits of {@link #FIELDS} that changed, in their order,
	 * the first in the lowest bit; else 0
	 */
	record Item(UUID id, String sku, int changes) {

		/** The fields that an import writes. */
		public static final List<String> FIELDS = List.of("name", "description", "price");

	}

}
