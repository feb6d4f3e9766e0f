package productimporter.products;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import productimporter.imports.BulkDeleteRuns;

/**
 * Bulk deletes as people and programs ask for them. Which products go is decided when the
 * job's turn has come (ops/decisions/0016).
 */
@Component
public class BulkDeletes {

	private final SelectedProductTable products;

	private final BulkDeleteRuns runs;

	BulkDeletes(SelectedProductTable products, BulkDeleteRuns runs) {
		this.products = products;
		this.runs = runs;
	}

	/**
	 * How many products match now, exactly.
	 */
	public long count(ProductSelection selection) {
		return this.products.count(selection, null);
	}

	/**
	 * Queues a bulk delete.
	 * @param expected how many its sender thinks match; {@code null} for any number
	 * @return the job's id
	 * @throws CountDiffers when another number matches now
	 */
	@Transactional
	public UUID request(ProductSelection selection, @Nullable Long expected) {
		if (expected != null) {
			long count = count(selection);
			if (count != expected) {
				throw CountDiffers.from(expected, count);
			}
		}
		return this.runs.queue(selection.inWords(), selection.toJson());
	}

}
