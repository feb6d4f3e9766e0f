package productimporter.jobs.productimport;

import productimporter.imports.RowCounts;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStream;

/**
 * What became of the rows of a range, kept in the step's execution context: written in the
 * chunk's transaction, so that a chunk is counted exactly when it is committed. Not
 * thread-safe.
 */
final class RangeCounts implements ItemStream {

	private RowCounts counts = RowCounts.NONE;

	void add(RowCounts more) {
		this.counts = this.counts.plus(more);
	}

	RowCounts counts() {
		return this.counts;
	}

	@Override
	public void open(ExecutionContext context) {
		this.counts = of(context);
	}

	@Override
	public void update(ExecutionContext context) {
		context.putLong("created", this.counts.created());
		context.putLong("updated", this.counts.updated());
		context.putLong("unchanged", this.counts.unchanged());
		context.putLong("superseded", this.counts.superseded());
		context.putLong("rejected", this.counts.rejected());
	}

	/**
	 * Reads the counts that a step has stored.
	 */
	static RowCounts of(ExecutionContext context) {
		return new RowCounts(context.getLong("created", 0), context.getLong("updated", 0),
				context.getLong("unchanged", 0), context.getLong("superseded", 0), context.getLong("rejected", 0));
	}

}
