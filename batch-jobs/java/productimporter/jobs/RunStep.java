package productimporter.jobs;

import java.io.IOException;
import java.util.Objects;
import java.util.UUID;

import productimporter.imports.ActiveRun;
import productimporter.imports.ActiveRuns;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.core.step.tasklet.TaskletStep;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * A step of a run. What does the work is made for each execution, since it depends on the
 * run and its file (columns, size of a chunk, ranges).
 */
public abstract class RunStep implements Step {

	private final String name;

	private final Tools tools;

	/**
	 * A step.
	 * @param name as it is stored
	 */
	protected RunStep(String name, Tools tools) {
		this.name = name;
		this.tools = tools;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public void execute(StepExecution execution) throws JobInterruptedException {
		ActiveRun run = this.tools.activeRuns().get(runId(execution));
		try {
			execute(execution, run);
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	/**
	 * Executes the step.
	 * @throws IOException when the uploaded file can't be read
	 */
	protected abstract void execute(StepExecution execution, ActiveRun run) throws JobInterruptedException, IOException;

	protected Tools tools() {
		return this.tools;
	}

	/**
	 * A step of one tasklet, each call of which is a transaction that ends by the run's
	 * stop.
	 */
	protected TaskletStep tasklet(ActiveRun run, Tasklet tasklet) {
		return tasklet(run, tasklet, this.tools.transactionManager());
	}

	/**
	 * A step of one tasklet that may take long: nothing is locked or idle meanwhile.
	 */
	protected TaskletStep longTasklet(ActiveRun run, Tasklet tasklet) {
		return tasklet(run, tasklet, new ResourcelessTransactionManager());
	}

	private TaskletStep tasklet(ActiveRun run, Tasklet tasklet, PlatformTransactionManager transactionManager) {
		TaskletStep step = new StepBuilder(this.name, this.tools.jobRepository()).tasklet(tasklet, transactionManager)
			.build();
		step.setInterruptionPolicy(new StopPolicy(run));
		return step;
	}

	private static UUID runId(StepExecution execution) {
		return (UUID) Objects
			.requireNonNull(execution.getJobExecution().getJobParameters().getParameter("run"), "No parameter run")
			.value();
	}

	/**
	 * What every step needs.
	 */
	@Component
	public record Tools(JobRepository jobRepository, PlatformTransactionManager transactionManager,
			ActiveRuns activeRuns) {
	}

}
