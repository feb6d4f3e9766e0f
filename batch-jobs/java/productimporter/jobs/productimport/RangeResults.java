package productimporter.jobs.productimport;

import java.util.Map;
import java.util.TreeMap;

import productimporter.imports.ImportPlan;
import productimporter.imports.RowCounts;

import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/**
 * Reads what the ranges of a run have done so far, over all its attempts.
 */
@Component
class RangeResults {

	/** What the step of a range is called: {@code import:range0}. */
	static final String STEP = "import";

	private final JobRepository jobRepository;

	RangeResults(JobRepository jobRepository) {
		this.jobRepository = jobRepository;
	}

	static String partition(ImportPlan.Range range) {
		return "range" + range.number();
	}

	/** By number of the range; a range that was not begun yet is not there. */
	Map<Integer, RowCounts> of(JobInstance instance, ImportPlan plan) {
		Map<Integer, RowCounts> counts = new TreeMap<>();
		for (ImportPlan.Range range : plan.ranges()) {
			StepExecution step = this.jobRepository.getLastStepExecution(instance, STEP + ":" + partition(range));
			if (step != null) {
				counts.put(range.number(), RangeCounts.of(step.getExecutionContext()));
			}
		}
		return counts;
	}

}
