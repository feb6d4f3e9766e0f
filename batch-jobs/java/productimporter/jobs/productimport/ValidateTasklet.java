package productimporter.jobs.productimport;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;

import productimporter.imports.ActiveRun;
import productimporter.imports.ImportPlan;
import productimporter.imports.RefusedRow;

import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Passes over the whole file once, before the first product is touched: stores the rows
 * that are refused, finds those that are superseded and makes the plan of the import. One
 * call reads a block of records while the block before is checked, and is a transaction. A tasklet and no chunk step, since a block
 * ends by the length of its rows too, which are not known yet. Interrupted, it begins anew.
 */
final class ValidateTasklet implements Tasklet, Closeable {

	private static final int BLOCK_RECORDS = 10_000;

	/** Two blocks are held at once: the one that is read and the one that is checked. */
	private static final int BLOCK_CHARS = 4 << 20;

	private final ActiveRun run;

	private final ProductFileReader reader;

	private final RowChecks checks;

	private final long sizeBytes;

	private final int ranges;

	private final ChunkSizing sizing;

	private final RangeMarks marks = new RangeMarks();

	private int records;

	private int refusals;

	ValidateTasklet(ActiveRun run, ProductFileReader reader, RowChecks checks, long sizeBytes,
			JobSettings settings) {
		this.run = run;
		this.reader = reader;
		this.checks = checks;
		this.sizeBytes = sizeBytes;
		this.ranges = settings.ranges();
		this.sizing = new ChunkSizing(settings.chunkSize());
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
		boolean first = this.records == 0;
		if (first) {
			this.reader.open(new ExecutionContext());
		}
		int checked = this.records;
		List<ProductRow> block = readBlock();
		List<RefusedRow> refused = this.checks.result();
		boolean more = !block.isEmpty();
		if (more) {
			this.checks.begin(block);
		}
		ImportPlan plan = more ? null : plan();
		// from here on the run is held, so nothing that takes long may follow
		if (first) {
			this.run.forgetValidation();
		}
		this.run.refuse(refused);
		this.refusals += refused.size();
		contribution.incrementWriteCount(refused.size());
		contribution.getStepExecution().setReadCount(checked);
		if (plan != null) {
			this.run.save(plan);
		}
		this.run.progress()
			.validated(checked, this.refusals,
					more ? (double) this.reader.byteOffset() / this.sizeBytes : 1);
		return RepeatStatus.continueIf(more);
	}

	private ImportPlan plan() {
		return new ImportPlan(this.records, this.checks.refused(), this.checks.superseded(), this.sizing.size(),
				this.marks.ranges(this.records, this.ranges));
	}

	/**
	 * Reads the next records.
	 * @return empty at the end of the file
	 */
	private List<ProductRow> readBlock() throws Exception {
		List<ProductRow> block = new ArrayList<>(BLOCK_RECORDS);
		long chars = 0;
		while (block.size() < BLOCK_RECORDS && chars < BLOCK_CHARS) {
			ProductRow row = this.reader.read();
			if (row == null) {
				return block;
			}
			if (this.marks.isDue(row.record())) {
				this.marks.add(this.reader.byteOffset(), row.line());
			}
			this.sizing.add(row.raw().length());
			chars += row.raw().length();
			block.add(row);
			this.records++;
		}
		return block;
	}

	@Override
	public void close() {
		this.reader.close();
	}

}
