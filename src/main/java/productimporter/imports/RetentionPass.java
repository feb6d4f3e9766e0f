package productimporter.imports;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import productimporter.uploads.Uploads;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes the files and runs whose time is over, each in a transaction of its own: what
 * is interrupted goes on with the next pass. A file that any run still needs is never
 * removed: its row is locked, so that nobody can queue a run of it meanwhile, and then it
 * is looked at again.
 */
@Component
class RetentionPass {

	private static final Logger log = LoggerFactory.getLogger(RetentionPass.class);

	private final RetentionTable table;

	private final ImportRunQuery runs;

	private final Uploads uploads;

	private final JobLaunch launch;

	private final TransactionTemplate transaction;

	private final RetentionSettings settings;

	private final Clock clock;

	RetentionPass(RetentionTable table, ImportRunQuery runs, Uploads uploads, JobLaunch launch,
			TransactionTemplate transaction, RetentionSettings settings, Clock clock) {
		this.table = table;
		this.runs = runs;
		this.uploads = uploads;
		this.launch = launch;
		this.transaction = transaction;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Removes what has had its time.
	 * @param goOn asked before each
	 */
	void run(BooleanSupplier goOn) {
		Instant filesBefore = this.clock.instant().minus(this.settings.files());
		int unanswered = this.table.endUnanswered(filesBefore, this.clock.instant());
		if (unanswered > 0) {
			log.info("Nobody answered: ended {} runs that waited for input", unanswered);
		}
		int files = each(this.table.filesNotNeededSince(filesBefore), goOn, (file) -> removeFile(file, filesBefore));
		Instant runsBefore = this.clock.instant().minus(this.settings.runs());
		int ended = each(this.table.runsEndedBefore(runsBefore), goOn, (run) -> removeRun(run, runsBefore));
		if (files + ended > 0) {
			log.info("Their time was over: removed {} uploaded files and {} runs", files, ended);
		}
	}

	private int each(List<UUID> ids, BooleanSupplier goOn, Predicate<UUID> remove) {
		int removed = 0;
		for (UUID id : ids) {
			if (goOn.getAsBoolean() && Boolean.TRUE.equals(this.transaction.execute((status) -> remove.test(id)))) {
				removed++;
			}
		}
		return removed;
	}

	private boolean removeFile(UUID file, Instant before) {
		if (!this.uploads.lock(file) || this.table.needsFile(file, before)) {
			return false;
		}
		this.table.endForGood(file);
		this.uploads.remove(file);
		return true;
	}

	private boolean removeRun(UUID run, Instant before) {
		Optional<UUID> file = this.runs.file(run);
		if (!file.map(this.uploads::lock).orElse(true) || !this.table.delete(run, before)) {
			return false;
		}
		this.launch.forget(run);
		file.filter((upload) -> !this.table.hasRuns(upload)).ifPresent(this.uploads::forget);
		return true;
	}

}
