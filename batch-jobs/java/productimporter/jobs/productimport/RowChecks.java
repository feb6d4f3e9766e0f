package productimporter.jobs.productimport;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import productimporter.imports.RefusedRow;

import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * Checks blocks of rows in the order in which they come, each on a thread beside the one
 * that reads the next block: reading and checking take about the same time, and the other
 * core has nothing else to do during validation. At most one block is being checked.
 */
final class RowChecks implements Closeable {

	private final RowRules rules;

	private final DuplicateSkus duplicates;

	private final BitSet refused = new BitSet();

	private final SimpleAsyncTaskExecutor thread = new SimpleAsyncTaskExecutor("validate-check-");

	private CompletableFuture<List<RefusedRow>> present = CompletableFuture.completedFuture(List.of());

	RowChecks(RowRules rules, DuplicateSkus duplicates) {
		this.rules = rules;
		this.duplicates = duplicates;
	}

	/**
	 * Begin to check a block. The one before must have been {@linkplain #result taken}.
	 */
	void begin(List<ProductRow> block) {
		this.present = this.thread.submitCompletable(() -> check(block));
	}

	/**
	 * Wait for the block that is being checked.
	 * @return those of its rows that are refused; empty when there is no such block
	 */
	List<RefusedRow> result() {
		try {
			List<RefusedRow> result = this.present.join();
			this.present = CompletableFuture.completedFuture(List.of());
			return result;
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	/** The records refused in the blocks taken so far. */
	BitSet refused() {
		return this.refused;
	}

	/**
	 * The records that are superseded by a later one. Call once, after the last block.
	 */
	BitSet superseded() {
		return this.duplicates.superseded();
	}

	/**
	 * Records that are to be refused because their SKU comes again, see
	 * {@link DuplicateSkus#twins()}.
	 */
	TwinLines twins() {
		return this.duplicates.twins();
	}

	/** Refuses a record whose SKU stands on another line too. */
	RefusedRow refuseTwin(ProductRow row, long otherLine) {
		this.refused.set(row.record());
		return this.rules.refuse(row, List.of(this.rules.twin(row, otherLine)));
	}

	private List<RefusedRow> check(List<ProductRow> block) {
		List<RefusedRow> refusals = new ArrayList<>();
		for (ProductRow row : block) {
			String sku = RowRules.sku(row);
			List<RefusedRow.Problem> problems = this.rules.problems(row, sku);
			if (!problems.isEmpty()) {
				this.refused.set(row.record());
				refusals.add(this.rules.refuse(row, problems));
			}
			else {
				this.duplicates.add(sku, row.record(), row.line());
			}
		}
		return refusals;
	}

	/** Waits for the block that is being checked, which may be writing to the files of the duplicates. */
	@Override
	public void close() {
		this.present.exceptionally((ex) -> List.of()).join();
		this.duplicates.close();
	}

}
