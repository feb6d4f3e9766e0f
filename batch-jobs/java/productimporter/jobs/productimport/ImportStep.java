package productimporter.jobs.productimport;

import java.io.IOException;
import java.util.Map;

import org.slf4j.MDC;
import productimporter.imports.ActiveRun;
import productimporter.imports.ImportPlan;
import productimporter.imports.RunStatus;
import productimporter.jobs.RunStep;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Imports the ranges of the plan side by side. A restart gets the same ranges and executes
 * those that have not completed.
 */
final class ImportStep extends RunStep {

	private final Step rangeStep;

	private final RangeResults results;

	private final int ranges;

	ImportStep(Tools tools, Step rangeStep, RangeResults results, JobSettings settings) {
		super(RangeResults.STEP, tools);
		this.rangeStep = rangeStep;
		this.results = results;
		this.ranges = settings.ranges();
	}

	/** Of one run: none waits for the ranges of another. */
	private SimpleAsyncTaskExecutor threads() {
		SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("import-range-");
		threads.setConcurrencyLimit(this.ranges);
		threads.setTaskDecorator(ImportStep::withLogContext);
		return threads;
	}

	/** What a range logs names the run, as what its caller logs does. */
	private static Runnable withLogContext(Runnable range) {
		Map<String, String> context = MDC.getCopyOfContextMap();
		return () -> {
			MDC.setContextMap((context != null) ? context : Map.of());
			range.run();
		};
	}

	@Override
	protected void execute(StepExecution execution, ActiveRun run) throws JobInterruptedException, IOException {
		ImportPlan plan = run.plan();
		run.options().limit().check(plan);
		this.results.of(execution.getJobExecution().getJobInstance()).forEach(run.progress()::imported);
		// before the phase, so that nobody takes the rows checked for rows imported
		run.progress().importing(plan.rowsTotal());
		new TransactionTemplate(tools().transactionManager())
			.executeWithoutResult((status) -> run.enter(RunStatus.IMPORTING));
		new StepBuilder(getName(), tools().jobRepository()).partitioner(this.rangeStep)
			.splitter(new RangeSplitter(tools().jobRepository(), this.results, plan))
			.taskExecutor(threads())
			.gridSize(plan.ranges().size())
			.build()
			.execute(execution);
	}

}
