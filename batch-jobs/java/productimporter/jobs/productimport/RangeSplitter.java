package productimporter.jobs.productimport;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import productimporter.imports.ImportPlan;

import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Makes a step execution for each range of the plan that is not done, going on where the
 * execution that got furthest is.
 */
final class RangeSplitter implements StepExecutionSplitter {

	private final JobRepository jobRepository;

	private final RangeResults results;

	private final ImportPlan plan;

	RangeSplitter(JobRepository jobRepository, RangeResults results, ImportPlan plan) {
		this.jobRepository = jobRepository;
		this.results = results;
		this.plan = plan;
	}

	@Override
	public String getStepName() {
		return RangeResults.STEP;
	}

	@Override
	public Set<StepExecution> split(StepExecution manager, int gridSize) {
		Map<Integer, StepExecution> earlier = this.results.executions(manager.getJobExecution().getJobInstance());
		Set<StepExecution> executions = new LinkedHashSet<>();
		for (ImportPlan.Range range : this.plan.ranges()) {
			StepExecution furthest = earlier.get(range.number());
			if (furthest == null || RangeCounts.of(furthest.getExecutionContext()).rows() < range.records()) {
				StepExecution execution = this.jobRepository.createStepExecution(RangeResults.step(range),
						manager.getJobExecution());
				if (furthest != null) {
					execution.setExecutionContext(furthest.getExecutionContext());
				}
				this.jobRepository.updateExecutionContext(execution);
				executions.add(execution);
			}
		}
		return executions;
	}

}
