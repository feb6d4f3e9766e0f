package productimporter.imports;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import productimporter.platform.Ids;
import productimporter.platform.RequestRefused;
import productimporter.uploads.CsvFormat;
import productimporter.uploads.StoredUpload;
import productimporter.uploads.Uploads;

/**
 * What people and programs do with imports; other jobs are unknown here.
 */
@Service
class ImportRuns {

	private final Uploads uploads;

	private final ImportRunTable runs;

	private final ImportStatusQuery query;

	private final Jobs jobs;

	private final Clock clock;

	ImportRuns(Uploads uploads, ImportRunTable runs, ImportStatusQuery query, Jobs jobs, Clock clock) {
		this.uploads = uploads;
		this.runs = runs;
		this.query = query;
		this.jobs = jobs;
		this.clock = clock;
	}

	/**
	 * Puts a stored file at the end of the queue. The file and its run are recorded
	 * together or not at all.
	 * @param asked what was asked of the import
	 * @param format how its file is read
	 * @param notify the mail address to tell of the end, or {@code null}
	 * @return the run's id
	 */
	@Transactional
	public UUID queue(StoredUpload upload, Map<String, String> asked, CsvFormat format, @Nullable String notify) {
		UUID id = Ids.next();
		this.uploads.record(upload);
		Map<String, String> options = new TreeMap<>(asked);
		options.putAll(format.options());
		this.runs.queue(id, upload.id(), options, this.clock.instant());
		if (notify != null) {
			this.runs.notify(id, notify);
		}
		this.jobs.queued(id);
		return id;
	}

	ImportStatus status(UUID id) {
		return this.query.one(id)
			.filter((run) -> run.kind() == JobKind.IMPORT)
			.orElseThrow(() -> new RequestRefused(HttpStatus.NOT_FOUND, "run_unknown",
					"There is no import " + id + ". GET /upload lists them.", "task_id"));
	}

	List<ImportStatus> history(int page, int size) {
		return this.query.page(size, (page - 1L) * size);
	}

	long count() {
		return this.query.count();
	}

	/**
	 * The import waits again, at the end of the queue, and goes on from its last chunk.
	 */
	@Transactional
	public void retry(UUID id) {
		status(id);
		this.jobs.restart(id);
	}

	/** The import stops at the next chunk boundary; what is in stays in. */
	@Transactional
	public void stop(UUID id) {
		status(id);
		this.jobs.stop(id);
	}

}
