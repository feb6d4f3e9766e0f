package productimporter.imports;

import java.util.List;
import java.util.UUID;

import org.springframework.stereotype.Component;

/**
 * All jobs, with their history.
 */
@Component
class Jobs {

	private final ImportRuns runs;

	private final JobListQuery list;

	private final ImportStatusQuery states;

	private final JobHistoryQuery history;

	Jobs(ImportRuns runs, JobListQuery list, ImportStatusQuery states, JobHistoryQuery history) {
		this.runs = runs;
		this.list = list;
		this.states = states;
		this.history = history;
	}

	/** Newest first. */
	List<JobItem> page(JobFilter filter, int page, int size) {
		return this.states.all(this.list.page(filter, size, (page - 1L) * size)).stream().map(JobItem::of).toList();
	}

	long count(JobFilter filter) {
		return this.list.count(filter);
	}

	/**
	 * One job.
	 * @throws productimporter.platform.RequestRefused when there is none
	 */
	JobDetail detail(UUID id) {
		return new JobDetail(JobItem.of(this.runs.status(id)), this.history.attempts(id), this.history.steps(id),
				this.history.parameters(id));
	}

}
