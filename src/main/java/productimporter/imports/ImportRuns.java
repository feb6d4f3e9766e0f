package productimporter.imports;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

import productimporter.platform.Ids;
import productimporter.platform.RequestRefused;
import productimporter.uploads.StoredUpload;
import productimporter.uploads.Uploads;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people and programs do with runs.
 */
@Service
class ImportRuns {

	private final Uploads uploads;

	private final ImportRunTable runs;

	private final ImportStatusQuery query;

	private final ImportQueue queue;

	private final ActiveRuns activeRuns;

	private final RunChanges changes;

	private final RunEnds ends;

	private final Clock clock;

	ImportRuns(Uploads uploads, ImportRunTable runs, ImportStatusQuery query, ImportQueue queue, ActiveRuns activeRuns,
			RunChanges changes, RunEnds ends, Clock clock) {
		this.uploads = uploads;
		this.runs = runs;
		this.query = query;
		this.queue = queue;
		this.activeRuns = activeRuns;
		this.changes = changes;
		this.ends = ends;
		this.clock = clock;
	}

	/**
	 * Puts a stored file at the end of the queue. The file and its run are recorded
	 * together or not at all.
	 * @return the run's id
	 */
	@Transactional
	public UUID queue(StoredUpload upload) {
		UUID id = Ids.next();
		this.uploads.record(upload);
		this.runs.queue(id, upload.id(), this.clock.instant());
		this.changes.changed(id);
		this.queue.wakeAfterCommit();
		return id;
	}

	ImportStatus status(UUID id) {
		return this.query.one(id)
			.orElseThrow(() -> new RequestRefused(HttpStatus.NOT_FOUND, "run_unknown",
					"There is no import " + id + ". GET /upload lists them.", "task_id"));
	}

	List<ImportStatus> history(int page, int size) {
		return this.query.page(size, (page - 1L) * size);
	}

	long count() {
		return this.query.count();
	}

	/** The run waits again, at the end of the queue, and goes on from its last chunk. */
	@Transactional
	public void retry(UUID id) {
		if (!this.runs.requeue(id, this.clock.instant())) {
			ImportStatus status = status(id);
			throw new RequestRefused(HttpStatus.CONFLICT, "run_not_restartable",
					(status.status().ended())
							? "This import is " + status.status().code()
									+ " and can't go on. Upload the file again to import it anew."
							: "This import has not ended: it is " + status.status().code() + ".",
					null);
		}
		this.changes.changed(id);
		this.queue.wakeAfterCommit();
	}

	/** The run stops at the next chunk boundary; what is in stays in. */
	@Transactional
	public void stop(UUID id) {
		if (this.runs.stopWaiting(id, this.clock.instant())) {
			this.ends.tell(id);
		}
		else if (!this.runs.requestStop(id)) {
			ImportStatus status = status(id);
			throw new RequestRefused(HttpStatus.CONFLICT, "run_ended",
					"This import has ended already: it is " + status.status().code() + ".", null);
		}
		ActiveRun active = this.activeRuns.find(id);
		if (active != null) {
			active.requestStop();
		}
		this.changes.changed(id);
		this.queue.wakeAfterCommit();
	}

}
