package productimporter.jobs.productimport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.UUID;

import javax.sql.DataSource;

import productimporter.imports.ActiveRun;
import productimporter.imports.ActiveRuns;
import productimporter.imports.ImportFailed;
import productimporter.imports.ImportPlan;
import productimporter.uploads.CsvFormat;
import productimporter.uploads.Uploads;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Imports one range of a run: FlatFileItemReader, validating ItemProcessor,
 * JdbcBatchItemWriter, in chunks. The chunk step is built for each range, since the size
 * of its chunks and the columns of its statement depend on the file.
 */
@Component
class ImportRangeStep implements Step {

	private final JobRepository jobRepository;

	private final PlatformTransactionManager transactionManager;

	private final DataSource dataSource;

	private final ActiveRuns activeRuns;

	private final Uploads uploads;

	ImportRangeStep(JobRepository jobRepository, PlatformTransactionManager transactionManager, DataSource dataSource,
			ActiveRuns activeRuns, Uploads uploads) {
		this.jobRepository = jobRepository;
		this.transactionManager = transactionManager;
		this.dataSource = dataSource;
		this.activeRuns = activeRuns;
		this.uploads = uploads;
	}

	@Override
	public String getName() {
		return RangeResults.STEP;
	}

	@Override
	public void execute(StepExecution execution) throws JobInterruptedException {
		ActiveRun run = this.activeRuns.get(runId(execution));
		ImportPlan plan = run.plan();
		ImportPlan.Range range = plan.ranges().get(execution.getExecutionContext().getInt("range"));
		RangeCounts counts = new RangeCounts();
		step(execution.getStepName(), run, plan, range, counts).execute(execution);
		if (execution.getStatus() == BatchStatus.COMPLETED && counts.counts().rows() != range.records()) {
			execution.setStatus(BatchStatus.FAILED);
			execution.addFailureException(new ImportFailed("upload_altered",
					"The file ends before its last row: the stored file was altered. Upload the file again.", false));
			this.jobRepository.update(execution);
		}
	}

	private Step step(String name, ActiveRun run, ImportPlan plan, ImportPlan.Range range, RangeCounts counts) {
		CsvFormat format = format(this.uploads, run);
		return new StepBuilder(name, this.jobRepository).<ProductRow, ValidProduct>chunk(plan.chunkSize())
			.transactionManager(this.transactionManager)
			.reader(ProductFileReader.ofRange(this.uploads, run.uploadId(), format, range))
			.processor(new ProductRowProcessor(plan, new RowRules(format), counts))
			.writer(new ProductUpsertWriter(this.dataSource, format.columns(), counts))
			.stream(counts)
			.listener(new ChunkGuard(run, range, counts))
			.interruptionPolicy(new StopPolicy(run))
			.build();
	}

	static UUID runId(StepExecution execution) {
		return (UUID) Objects
			.requireNonNull(execution.getJobExecution().getJobParameters().getParameter("run"), "No parameter run")
			.value();
	}

	static CsvFormat format(Uploads uploads, ActiveRun run) {
		try (InputStream in = uploads.open(run.uploadId(), 0)) {
			return CsvFormat.inspect(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
