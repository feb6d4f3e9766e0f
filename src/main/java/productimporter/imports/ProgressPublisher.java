package productimporter.imports;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Publishes how far this node's runs are, some times a second, on a thread of its own: an
 * import is never slower for it, and a failure here never reaches it.
 */
@Component
class ProgressPublisher {

	private static final Logger log = LoggerFactory.getLogger(ProgressPublisher.class);

	private static final Duration RATE_WINDOW = Duration.ofSeconds(5);

	private final ActiveRuns runs;

	private final ImportProgressTable table;

	private final ImportRunTable runTable;

	private final Clock clock;

	private final Map<UUID, Rate> rates = new ConcurrentHashMap<>();

	ProgressPublisher(ActiveRuns runs, ImportProgressTable table, ImportRunTable runTable, Clock clock) {
		this.runs = runs;
		this.table = table;
		this.runTable = runTable;
		this.clock = clock;
	}

	@Scheduled(fixedDelayString = "${importer.imports.progress-interval:250ms}")
	void publish() {
		for (ActiveRun run : this.runs.all()) {
			try {
				publish(run);
				if (this.runTable.stopRequested(run.id())) {
					run.requestStop();
				}
			}
			catch (RuntimeException ex) {
				log.debug("The progress of run {} could not be published, which will be tried again", run.id(), ex);
			}
		}
	}

	void publish(ActiveRun run) {
		Instant now = this.clock.instant();
		RunProgress.Snapshot progress = run.progress().snapshot();
		Rate rate = this.rates.computeIfAbsent(run.id(), (id) -> new Rate());
		Long rowsPerSecond = rate.perSecond(progress, now);
		Long total = progress.rowsTotal();
		Long eta = (rowsPerSecond != null && rowsPerSecond > 0 && total != null)
				? (total - progress.rowsRead() + rowsPerSecond - 1) / rowsPerSecond : null;
		this.table.write(run.id(), run.epoch(), progress, rowsPerSecond, eta, now);
	}

	void end(ActiveRun run) {
		this.rates.remove(run.id());
	}

	/** Rows a second over the last seconds of one phase. */
	private static final class Rate {

		private final Deque<Sample> samples = new ArrayDeque<>();

		private boolean importing;

		synchronized @Nullable Long perSecond(RunProgress.Snapshot progress, Instant now) {
			boolean isImporting = progress.rowsTotal() != null;
			if (isImporting != this.importing) {
				this.samples.clear();
				this.importing = isImporting;
			}
			this.samples.addLast(new Sample(now, progress.rowsRead()));
			while (Duration.between(this.samples.getFirst().at(), now).compareTo(RATE_WINDOW) > 0) {
				this.samples.removeFirst();
			}
			Sample first = this.samples.getFirst();
			long millis = Duration.between(first.at(), now).toMillis();
			return (millis > 0) ? (progress.rowsRead() - first.rows()) * 1000 / millis : null;
		}

		private record Sample(Instant at, long rows) {
		}

	}

}
