package productimporter.jobs.productimport;

import java.io.IOException;

import productimporter.imports.ActiveRun;
import productimporter.imports.RunStatus;
import productimporter.uploads.Uploads;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Looks into the file, on every attempt: is it there, is it (on a further attempt) what was
 * uploaded, and how is it to be read.
 */
final class InspectStep extends FileStep {

	InspectStep(Tools tools, Uploads uploads) {
		super("inspect", tools, uploads);
	}

	@Override
	public boolean isAllowStartIfComplete() {
		return true;
	}

	@Override
	protected void execute(StepExecution execution, ActiveRun run) throws JobInterruptedException, IOException {
		longTasklet(run, (contribution, context) -> {
			run.enter(RunStatus.PARSING);
			if (run.attempt() > 1) {
				uploads().verify(run.uploadId());
			}
			format(run);
			run.progress().parsed();
			return RepeatStatus.FINISHED;
		}).execute(execution);
	}

}
