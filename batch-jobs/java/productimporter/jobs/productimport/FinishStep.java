package productimporter.jobs.productimport;

import java.io.IOException;

import productimporter.imports.ActiveRun;
import productimporter.imports.RowCounts;
import productimporter.jobs.RunStep;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Adds up what the ranges did and completes the run, in one transaction.
 */
final class FinishStep extends RunStep {

	private final RangeResults results;

	FinishStep(Tools tools, RangeResults results) {
		super("finish", tools);
		this.results = results;
	}

	@Override
	protected void execute(StepExecution execution, ActiveRun run) throws JobInterruptedException, IOException {
		tasklet(run, (contribution, context) -> {
			run.complete(this.results.of(execution.getJobExecution().getJobInstance())
				.values()
				.stream()
				.reduce(RowCounts.NONE, RowCounts::plus));
			return RepeatStatus.FINISHED;
		}).execute(execution);
	}

}
