package productimporter.imports;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import productimporter.platform.RequestRefused;
import productimporter.uploads.Uploads;

/**
 * All jobs, with their history: what people and programs do with runs of any kind.
 */
@Component
class Jobs {

	private final Uploads uploads;

	private final ImportRunTable runs;

	private final ImportRunQuery files;

	private final BulkDeleteTable deletes;

	private final JobListQuery list;

	private final ImportStatusQuery states;

	private final JobHistoryQuery history;

	private final ImportQueue queue;

	private final ActiveRuns activeRuns;

	private final RunChanges changes;

	private final RunEnds ends;

	private final Clock clock;

	Jobs(Uploads uploads, ImportRunTable runs, ImportRunQuery files, BulkDeleteTable deletes, JobListQuery list,
			ImportStatusQuery states, JobHistoryQuery history, ImportQueue queue, ActiveRuns activeRuns,
			RunChanges changes, RunEnds ends, Clock clock) {
		this.uploads = uploads;
		this.runs = runs;
		this.files = files;
		this.deletes = deletes;
		this.list = list;
		this.states = states;
		this.history = history;
		this.queue = queue;
		this.activeRuns = activeRuns;
		this.changes = changes;
		this.ends = ends;
		this.clock = clock;
	}

	/** Newest first. */
	List<JobItem> page(JobFilter filter, int page, int size) {
		return this.states.all(this.list.page(filter, size, (page - 1L) * size)).stream().map(JobItem::of).toList();
	}

	long count(JobFilter filter) {
		return this.list.count(filter);
	}

	/**
	 * One job, as it is.
	 * @throws RequestRefused when there is none
	 */
	ImportStatus status(UUID id) {
		return this.states.one(id)
			.orElseThrow(() -> new RequestRefused(HttpStatus.NOT_FOUND, "job_unknown",
					"There is no job " + id + ". GET /jobs lists them.", "task_id"));
	}

	/**
	 * One job, with its history.
	 * @throws RequestRefused when there is none
	 */
	JobDetail detail(UUID id) {
		return new JobDetail(JobItem.of(status(id)), this.history.attempts(id), this.history.steps(id),
				this.history.parameters(id), this.deletes.parameters(id));
	}

	/** The run waits again, at the end of the queue, and goes on from its last chunk. */
	@Transactional
	public void restart(UUID id) {
		if (!this.files.file(id).map(this.uploads::hold).orElse(true)) {
			throw fileRemoved();
		}
		if (!this.runs.requeue(id, this.clock.instant())) {
			ImportStatus job = status(id);
			String what = "This " + job.kind().words();
			throw new RequestRefused(HttpStatus.CONFLICT, "run_not_restartable",
					!job.status().ended() ? what + " has not ended: it is " + job.status().code() + "."
							: what + " is " + job.status().code() + " and can't go on. " + job.kind().anew(),
					null);
		}
		queued(id);
	}

	static RequestRefused fileRemoved() {
		return new RequestRefused(HttpStatus.CONFLICT, "upload_removed",
				"The file of this import was removed when its time in the upload store was over. "
						+ "Upload the file again to import it anew.",
				null);
	}

	/** The run stops at the next chunk boundary; what is done stays done. */
	@Transactional
	public void stop(UUID id) {
		if (this.runs.stopWaiting(id, this.clock.instant())) {
			this.ends.tell(id);
		}
		else if (!this.runs.requestStop(id)) {
			ImportStatus job = status(id);
			throw new RequestRefused(HttpStatus.CONFLICT, "run_ended",
					"This " + job.kind().words() + " has ended already: it is " + job.status().code() + ".", null);
		}
		ActiveRun active = this.activeRuns.find(id);
		if (active != null) {
			active.requestStop();
		}
		queued(id);
	}

	/**
	 * The queue has changed by this run. Call inside a transaction.
	 */
	void queued(UUID id) {
		this.changes.changed(id);
		this.queue.wakeAfterCommit();
	}

}
