package productimporter.jobs;

import productimporter.imports.ActiveRun;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepInterruptionPolicy;

/**
 * Ends a step at a chunk boundary when its run is to stop or its thread was interrupted. It
 * marks the step as terminated: Spring Batch would take a step whose thread was interrupted
 * for completed.
 */
public final class StopPolicy implements StepInterruptionPolicy {

	private final ActiveRun run;

	/**
	 * Watches a run.
	 */
	public StopPolicy(ActiveRun run) {
		this.run = run;
	}

	@Override
	public void checkInterrupted(StepExecution step) throws JobInterruptedException {
		if (this.run.stopRequested() || Thread.currentThread().isInterrupted()) {
			step.setTerminateOnly();
			throw new JobInterruptedException("Stopped at a chunk boundary");
		}
	}

}
