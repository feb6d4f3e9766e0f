package productimporter.jobs.productimport;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import productimporter.imports.ActiveRun;
import productimporter.imports.ImportPlan;
import productimporter.imports.RefusedRow;
import productimporter.products.Sku;

import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Passes over the whole file once, before the first product is touched: stores the rows
 * that are refused, finds those that are superseded and makes the plan of the import. One
 * call is a block of records and a transaction. A tasklet and no chunk step, since a block
 * ends by the length of its rows too, which are not known yet. Interrupted, it begins anew.
 */
final class ValidateTasklet implements Tasklet, Closeable {

	private static final int BLOCK_RECORDS = 10_000;

	private static final int BLOCK_CHARS = 8 << 20;

	private final ActiveRun run;

	private final ProductFileReader reader;

	private final RowRules rules;

	private final long sizeBytes;

	private final int ranges;

	private final DuplicateSkus duplicates;

	private final ChunkSizing sizing;

	private final RangeMarks marks = new RangeMarks();

	private final BitSet refused = new BitSet();

	private int records;

	ValidateTasklet(ActiveRun run, ProductFileReader reader, RowRules rules, long sizeBytes, JobSettings settings,
			DuplicateSkus duplicates) {
		this.run = run;
		this.reader = reader;
		this.rules = rules;
		this.sizeBytes = sizeBytes;
		this.ranges = settings.ranges();
		this.duplicates = duplicates;
		this.sizing = new ChunkSizing(settings.chunkSize());
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
		boolean first = this.records == 0;
		if (first) {
			this.reader.open(new ExecutionContext());
		}
		List<RefusedRow> block = new ArrayList<>();
		boolean more = readBlock(block);
		ImportPlan plan = more ? null : plan();
		// from here on the run is held, so nothing that takes long may follow
		if (first) {
			this.run.forgetValidation();
		}
		this.run.refuse(block);
		contribution.incrementWriteCount(block.size());
		contribution.getStepExecution().setReadCount(this.records);
		if (plan != null) {
			this.run.save(plan);
		}
		this.run.progress()
			.validated(this.records, this.refused.cardinality(),
					more ? (double) this.reader.byteOffset() / this.sizeBytes : 1);
		return RepeatStatus.continueIf(more);
	}

	private ImportPlan plan() {
		return new ImportPlan(this.records, this.refused, this.duplicates.superseded(), this.sizing.size(),
				this.marks.ranges(this.records, this.ranges));
	}

	/**
	 * Reads and checks the next records.
	 * @return whether the file goes on
	 */
	private boolean readBlock(List<RefusedRow> block) throws Exception {
		long chars = 0;
		for (int i = 0; i < BLOCK_RECORDS && chars < BLOCK_CHARS; i++) {
			ProductRow row = this.reader.read();
			if (row == null) {
				return false;
			}
			chars += row.raw().length();
			check(row, block);
			this.records++;
		}
		return true;
	}

	private void check(ProductRow row, List<RefusedRow> block) {
		if (this.marks.isDue(row.record())) {
			this.marks.add(this.reader.byteOffset(), row.line());
		}
		this.sizing.add(row.raw().length());
		List<RefusedRow.Problem> problems = this.rules.problems(row);
		if (!problems.isEmpty()) {
			this.refused.set(row.record());
			block.add(this.rules.refuse(row, problems));
		}
		else if (row.sku() != null) {
			this.duplicates.add(Sku.normalize(row.sku()), row.record());
		}
	}

	@Override
	public void close() {
		this.reader.close();
	}

}
