package productimporter.jobs.productimport;

import java.io.IOException;
import java.util.List;

import javax.sql.DataSource;

import productimporter.imports.ActiveRun;
import productimporter.imports.ImportFailed;
import productimporter.imports.ImportPlan;
import productimporter.jobs.StopPolicy;
import productimporter.products.ProductChanges;
import productimporter.uploads.CsvFormat;
import productimporter.uploads.Uploads;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Imports one range of the file: FlatFileItemReader, validating ItemProcessor,
 * JdbcBatchItemWriter, in chunks.
 */
final class ImportRangeStep extends FileStep {

	private final DataSource dataSource;

	private final List<ProductChanges> listeners;

	ImportRangeStep(Tools tools, Uploads uploads, DataSource dataSource, List<ProductChanges> listeners) {
		super(RangeResults.STEP, tools, uploads);
		this.dataSource = dataSource;
		this.listeners = listeners;
	}

	private ItemWriter<ValidProduct> writer(ActiveRun run, ProductUpsert upsert, RangeCounts counts) {
		return run.options().dryRun() ? new DryRunWriter(this.dataSource, upsert, run.id(), counts)
				: new ProductUpsertWriter(this.dataSource, upsert, counts,
						new ChunkChanges(this.dataSource, this.listeners, run.id()));
	}

	@Override
	protected void execute(StepExecution execution, ActiveRun run) throws JobInterruptedException, IOException {
		ImportPlan plan = run.plan();
		ImportPlan.Range range = plan.ranges().get(RangeResults.rangeOf(execution));
		CsvFormat format = format(run);
		RangeCounts counts = new RangeCounts();
		new StepBuilder(execution.getStepName(), tools().jobRepository())
			.<ProductRow, ValidProduct>chunk(plan.chunkSize())
			.transactionManager(tools().transactionManager())
			.reader(ProductFileReader.ofRange(uploads(), run.uploadId(), format, range))
			.processor(new ProductRowProcessor(plan, new RowRules(format), counts))
			.writer(writer(run, new ProductUpsert(format.columns(), run.options()), counts))
			.stream(counts)
			// an observation of each item costs more than reading it does
			.observationRegistry(ObservationRegistry.NOOP)
			.listener(new ChunkGuard(run, range, counts))
			.interruptionPolicy(new StopPolicy(run))
			.build()
			.execute(execution);
		if (execution.getStatus() == BatchStatus.COMPLETED && counts.counts().rows() != range.records()) {
			execution.setStatus(BatchStatus.FAILED);
			execution.addFailureException(new ImportFailed("upload_altered",
					"The file ends before its last row: the stored file was altered. Upload the file again.", false));
			tools().jobRepository().update(execution);
		}
	}

}
