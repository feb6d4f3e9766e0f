package productimporter.jobs.productimport;

import java.io.IOException;

import productimporter.imports.ActiveRun;
import productimporter.imports.RunStatus;
import productimporter.platform.DataDirectory;
import productimporter.uploads.CsvFormat;
import productimporter.uploads.Uploads;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Checks the whole file before the first product is touched, see {@link ValidateTasklet}.
 */
final class ValidateStep extends FileStep {

	private final JobSettings settings;

	private final DataDirectory directory;

	ValidateStep(Tools tools, Uploads uploads, JobSettings settings, DataDirectory directory) {
		super("validate", tools, uploads);
		this.settings = settings;
		this.directory = directory;
	}

	@Override
	protected void execute(StepExecution execution, ActiveRun run) throws JobInterruptedException, IOException {
		new TransactionTemplate(tools().transactionManager())
			.executeWithoutResult((status) -> run.enter(RunStatus.VALIDATING));
		CsvFormat format = format(run);
		long size = uploads().find(run.uploadId()).orElseThrow().sizeBytes();
		try (DuplicateSkus duplicates = new DuplicateSkus(this.directory.resolve("tmp/" + run.id() + "-" + run.attempt()));
				ValidateTasklet validate = new ValidateTasklet(run,
						ProductFileReader.ofFile(uploads(), run.uploadId(), format), new RowRules(format), size,
						this.settings, duplicates)) {
			tasklet(run, validate).execute(execution);
		}
	}

}
