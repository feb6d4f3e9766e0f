package productimporter.jobs.productimport;

import org.jspecify.annotations.Nullable;
import productimporter.imports.ImportFailed;
import productimporter.imports.ImportPlan;
import productimporter.imports.RowCounts;

import org.springframework.batch.infrastructure.item.ItemProcessor;

/**
 * Passes over the rows that the plan refuses or supersedes and checks the others once
 * more, by the same rules.
 */
final class ProductRowProcessor implements ItemProcessor<ProductRow, ValidProduct> {

	private static final RowCounts SUPERSEDED = new RowCounts(0, 0, 0, 1, 0);

	private static final RowCounts REJECTED = new RowCounts(0, 0, 0, 0, 1);

	private final ImportPlan plan;

	private final RowRules rules;

	private final RangeCounts counts;

	ProductRowProcessor(ImportPlan plan, RowRules rules, RangeCounts counts) {
		this.plan = plan;
		this.rules = rules;
		this.counts = counts;
	}

	@Override
	public @Nullable ValidProduct process(ProductRow row) {
		if (this.plan.refused().get(row.record())) {
			this.counts.add(REJECTED);
			return null;
		}
		if (this.plan.superseded().get(row.record())) {
			this.counts.add(SUPERSEDED);
			return null;
		}
		String sku = RowRules.sku(row);
		if (!this.rules.problems(row, sku).isEmpty()) {
			throw new ImportFailed("upload_altered", "Line " + row.line() + " of the file was correct when the file "
					+ "was validated and is not any more: the stored file was altered. Upload the file again.", false);
		}
		return this.rules.product(row, sku);
	}

}
