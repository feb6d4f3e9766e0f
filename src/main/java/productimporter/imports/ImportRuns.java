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
import productimporter.uploads.StoredUpload;
import productimporter.uploads.Uploads;

/**
 * What people and programs do with imports; other jobs are unknown here.
 */
@Service
class ImportRuns {

	private final Uploads uploads;

	private final ImportRunTable runs;

	private final ImportRunQuery files;

	private final UploadCheck check;

	private final QuestionTable questions;

	private final ImportStatusQuery query;

	private final Jobs jobs;

	private final Clock clock;

	ImportRuns(Uploads uploads, ImportRunTable runs, ImportRunQuery files, UploadCheck check, QuestionTable questions,
			ImportStatusQuery query, Jobs jobs, Clock clock) {
		this.uploads = uploads;
		this.runs = runs;
		this.files = files;
		this.check = check;
		this.questions = questions;
		this.query = query;
		this.jobs = jobs;
		this.clock = clock;
	}

	/**
	 * Puts a stored file at the end of the queue, or lets it wait for an answer. The file
	 * and its run are recorded together or not at all.
	 * @param notify the mail address to tell of the end, or {@code null}
	 * @return the run's id
	 */
	@Transactional
	public UUID queue(StoredUpload upload, CheckedFile checked, @Nullable String notify) {
		this.uploads.record(upload);
		UUID id = queue(upload.id(), checked);
		if (notify != null) {
			this.runs.notify(id, notify);
		}
		return id;
	}

	private UUID queue(UUID upload, CheckedFile checked) {
		UUID id = Ids.next();
		this.runs.queue(id, upload, checked.options(), this.clock.instant());
		if (checked.parent() != null) {
			this.runs.corrects(id, checked.parent());
		}
		if (checked.question() != null) {
			this.questions.ask(id, checked.question());
		}
		this.jobs.queued(id);
		return id;
	}

	/**
	 * Answers what a run waits for.
	 * @param answer fields of an upload
	 * @throws RequestRefused when something is still open, or the run doesn't wait
	 */
	@Transactional
	public void answer(UUID id, Map<String, String> answer) {
		ImportStatus run = status(id);
		if (run.status() != RunStatus.NEEDS_INPUT) {
			throw notWaiting(run);
		}
		RunFile file = this.files.importFile(id);
		CheckedFile checked = this.check.checkAgain(file.upload(), file.fields(), answer);
		if (!this.questions.answer(id, checked.options())) {
			throw notWaiting(status(id));
		}
		if (checked.parent() != null) {
			this.runs.corrects(id, checked.parent());
		}
		this.jobs.queued(id);
	}

	private static RequestRefused notWaiting(ImportStatus run) {
		return new RequestRefused(HttpStatus.CONFLICT, "run_needs_no_input",
				"This import doesn't wait for an answer: it is " + run.status().code() + ".", "task_id");
	}

	/**
	 * Puts the file of a run that has ended at the end of the queue again, as a run of
	 * its own.
	 * @param asked what is asked otherwise than of the earlier run; nothing asked of
	 * {@code dry_run} is an import
	 * @return the new run's id
	 * @throws RequestRefused when it has not ended, its file is gone, or can't be read so
	 */
	@Transactional
	public UUID again(UUID id, Map<String, String> asked) {
		ImportStatus before = status(id);
		if (!before.status().ended()) {
			throw new RequestRefused(HttpStatus.CONFLICT, "run_not_ended",
					"This import has not ended: it is " + before.status().code() + ".", "task_id");
		}
		RunFile file = this.files.importFile(id);
		if (!this.uploads.hold(file.upload())) {
			throw Jobs.fileRemoved();
		}
		Map<String, String> earlier = new TreeMap<>(file.fields());
		earlier.remove("dry_run");
		return queue(file.upload(), this.check.checkAgain(file.upload(), earlier, asked));
	}

	ImportStatus status(UUID id) {
		return this.query.one(id)
			.filter((run) -> run.kind() == JobKind.IMPORT)
			.orElseThrow(() -> new RequestRefused(HttpStatus.NOT_FOUND, "run_unknown",
					"There is no import " + id + ". GET /upload lists them.", "task_id"));
	}

	/** The runs whose files correct the refused rows of a run, newest first. */
	List<ImportStatus> corrections(UUID id) {
		return this.query.corrections(id);
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
