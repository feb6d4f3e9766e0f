package productimporter.jobs.bulkdelete;

import java.io.IOException;
import java.time.Instant;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

import productimporter.imports.ActiveRun;
import productimporter.imports.ImportFailed;
import productimporter.jobs.RunStep;
import productimporter.products.BulkDeletion;
import productimporter.products.ProductSelection;

/**
 * Notes the moment and counts what matches, once for all attempts. Products that are
 * created later stay.
 */
final class CountStep extends RunStep {

	private final BulkDeletion products;

	CountStep(Tools tools, BulkDeletion products) {
		super("count", tools);
		this.products = products;
	}

	@Override
	protected void execute(StepExecution execution, ActiveRun run) throws JobInterruptedException, IOException {
		ProductSelection selection = ProductSelection.parse(run.parameters());
		tasklet(run, (contribution, context) -> {
			Instant asOf = run.beginDelete();
			long matched = this.products.count(selection, asOf);
			if (selection.isTooMany(matched)) {
				throw new ImportFailed("too_many_match",
						matched + " products match, more than the limit of " + selection.limit()
								+ ". Nothing was deleted. Narrow the filter or raise the limit, then start again.",
						false);
			}
			run.counted(asOf, matched);
			return RepeatStatus.FINISHED;
		}).execute(execution);
	}

}
