package productimporter.jobs.productimport;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import productimporter.imports.ImportPlan;
import productimporter.imports.RowCounts;

import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/**
 * Reads what the ranges of a run have done so far, over all its attempts. Of the executions
 * of a range the one that got furthest counts, not the newest: clocks of nodes differ, and
 * one that died (or was frozen) at the wrong moment may have left an empty execution.
 */
@Component
class RangeResults {

	/** What the step of a range is called: {@code import:range0}. */
	static final String STEP = "import";

	private static final String PREFIX = STEP + ":range";

	private final JobRepository jobRepository;

	RangeResults(JobRepository jobRepository) {
		this.jobRepository = jobRepository;
	}

	static String step(ImportPlan.Range range) {
		return PREFIX + range.number();
	}

	static int rangeOf(StepExecution execution) {
		return Integer.parseInt(execution.getStepName().substring(PREFIX.length()));
	}

	/** By number of the range; a range that was not begun yet is not there. */
	Map<Integer, RowCounts> of(JobInstance instance) {
		return executions(instance).entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> counts(entry.getValue()), RowCounts::plus, TreeMap::new));
	}

	/** The execution of each range that got furthest, by number of the range. */
	Map<Integer, StepExecution> executions(JobInstance instance) {
		return this.jobRepository.getJobExecutions(instance)
			.stream()
			.flatMap((execution) -> execution.getStepExecutions().stream())
			.filter((step) -> step.getStepName().startsWith(PREFIX))
			.collect(Collectors.toMap(RangeResults::rangeOf, (step) -> step, RangeResults::further));
	}

	private static StepExecution further(StepExecution one, StepExecution other) {
		return (counts(other).rows() >= counts(one).rows()) ? other : one;
	}

	private static RowCounts counts(StepExecution step) {
		return RangeCounts.of(step.getExecutionContext());
	}

}
