package productimporter.jobs.bulkdelete;

import java.io.IOException;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

import productimporter.imports.ActiveRun;
import productimporter.imports.Deletion;
import productimporter.jobs.RunStep;

/**
 * Completes the run, in one transaction with all that follows from it.
 */
final class FinishStep extends RunStep {

	FinishStep(Tools tools) {
		super("finish", tools);
	}

	@Override
	protected void execute(StepExecution execution, ActiveRun run) throws JobInterruptedException, IOException {
		tasklet(run, (contribution, context) -> {
			complete(run, run.deletion());
			return RepeatStatus.FINISHED;
		}).execute(execution);
	}

	/** Whoever wants to know is told by {@link productimporter.imports.RunEndListener}. */
	private void complete(ActiveRun run, Deletion deletion) {
		run.completeDelete(deletion.deleted());
	}

}
