package productimporter.jobs.bulkdelete;

import java.io.IOException;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;

import productimporter.imports.ActiveRun;
import productimporter.jobs.RunStep;
import productimporter.products.BulkDeletion;
import productimporter.products.ProductSelection;

/**
 * Deletes what matches, see {@link DeleteTasklet}. A restart goes on behind the last
 * committed chunk.
 */
final class DeleteStep extends RunStep {

	private final BulkDeletion products;

	private final BulkDeleteSettings settings;

	DeleteStep(Tools tools, BulkDeletion products, BulkDeleteSettings settings) {
		super("delete", tools);
		this.products = products;
		this.settings = settings;
	}

	@Override
	protected void execute(StepExecution execution, ActiveRun run) throws JobInterruptedException, IOException {
		tasklet(run, new DeleteTasklet(run, ProductSelection.parse(run.parameters()), this.products,
				this.settings.chunkSize()))
			.execute(execution);
	}

}
