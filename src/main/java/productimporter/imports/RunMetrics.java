package productimporter.imports;

import java.time.Duration;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Metrics of runs. What stands in the database is the same on every node (so take the
 * maximum over them) and is read now and then, so that a scrape waits for nothing; while
 * the database doesn't answer it is NaN. What has ended is counted by the node that ended
 * it (so take the sum).
 */
@Component
class RunMetrics implements RunEndListener {

	private static final Logger log = LoggerFactory.getLogger(RunMetrics.class);

	private final RunFiguresQuery query;

	private final MeterRegistry registry;

	private volatile @Nullable RunFigures figures;

	RunMetrics(RunFiguresQuery query, MeterRegistry registry) {
		this.query = query;
		this.registry = registry;
		for (RunStatus status : RunStatus.values()) {
			if (status != RunStatus.STOPPING) {
				Gauge.builder("importer.runs", this, (metrics) -> metrics.figure((now) -> now.count(status)))
					.description("Runs in the database by state")
					.tag("status", status.code())
					.register(registry);
			}
		}
		gauge("importer.queue.length", "Runs that wait", (now) -> now.count(RunStatus.QUEUED));
		gauge("importer.queue.age.seconds", "How long the oldest waiting run has been waiting",
				RunFigures::oldestQueuedSeconds);
		gauge("importer.rows.per.second", "Rows that the runs at work do now", RunFigures::rowsPerSecond);
		// from the start, so that a first increase is seen as one
		countRows(RowCounts.NONE);
		for (RunStatus status : new RunStatus[] { RunStatus.COMPLETED, RunStatus.FAILED, RunStatus.STOPPED }) {
			duration(status);
		}
	}

	private void gauge(String name, String description, ToDoubleFunction<RunFigures> figure) {
		Gauge.builder(name, this, (metrics) -> metrics.figure(figure)).description(description).register(this.registry);
	}

	private double figure(ToDoubleFunction<RunFigures> figure) {
		RunFigures now = this.figures;
		return (now != null) ? figure.applyAsDouble(now) : Double.NaN;
	}

	@Scheduled(fixedDelayString = "${importer.imports.metrics-interval:10s}")
	void refresh() {
		try {
			this.figures = this.query.read();
		}
		catch (RuntimeException ex) {
			this.figures = null;
			log.debug("The runs could not be counted", ex);
		}
	}

	@Override
	public void ended(EndedRun run) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				count(run);
			}
		});
	}

	private void count(EndedRun run) {
		if (run.status() == RunStatus.COMPLETED && !run.dryRun()) {
			countRows(run.counts());
		}
		if (run.startedAt() != null) {
			duration(run.status()).record(Duration.between(run.startedAt(), run.finishedAt()));
		}
	}

	/** Of completed runs only: one that goes on later would be counted twice. */
	private void countRows(RowCounts counts) {
		rows("created", counts.created());
		rows("updated", counts.updated());
		rows("unchanged", counts.unchanged());
		rows("superseded", counts.superseded());
		rows("rejected", counts.rejected());
	}

	private void rows(String outcome, long rows) {
		Counter.builder("importer.rows")
			.description("Rows of completed runs by outcome")
			.tag("outcome", outcome)
			.register(this.registry)
			.increment((double) rows);
	}

	private Timer duration(RunStatus status) {
		return Timer.builder("importer.run.duration")
			.description("From the start of a run to its end, by how it ended")
			.tag("status", status.name().toLowerCase(Locale.ROOT))
			.serviceLevelObjectives(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15),
					Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(30))
			.register(this.registry);
	}

}
