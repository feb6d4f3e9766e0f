package productimporter.jobs.productimport;

import java.io.IOException;

import productimporter.imports.ActiveRun;
import productimporter.imports.RunStatus;
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

	private final WorkFiles workFiles;

	ValidateStep(Tools tools, Uploads uploads, JobSettings settings, WorkFiles workFiles) {
		super("validate", tools, uploads);
		this.settings = settings;
		this.workFiles = workFiles;
	}

	@Override
	protected void execute(StepExecution execution, ActiveRun run) throws JobInterruptedException, IOException {
		new TransactionTemplate(tools().transactionManager())
			.executeWithoutResult((status) -> run.enter(RunStatus.VALIDATING));
		CsvFormat format = format(run);
		long size = uploads().find(run.uploadId()).orElseThrow().contentBytes();
		DuplicateSkus duplicates = new DuplicateSkus(this.workFiles.of(run), run.options().duplicates());
		try (RowChecks checks = new RowChecks(new RowRules(format), duplicates);
				ValidateTasklet validate = new ValidateTasklet(run,
						ProductFileReader.ofFile(uploads(), run.uploadId(), format),
						new TwinRefusals(checks, ProductFileReader.ofFile(uploads(), run.uploadId(), format)), checks, size,
						this.settings)) {
			tasklet(run, validate).execute(execution);
		}
	}

}
