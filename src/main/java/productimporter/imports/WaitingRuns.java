package productimporter.imports;

import java.util.List;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import productimporter.platform.DashboardFigures.Figure;
import productimporter.platform.InWords;
import productimporter.platform.WaitingWork;

/**
 * The queue of runs on the operators' page.
 */
@Component
@Order(1)
class WaitingRuns implements WaitingWork {

	/** As the alert rule has it. */
	private static final double LONG = 3600;

	private final RunFiguresQuery query;

	private final int atOnce;

	WaitingRuns(RunFiguresQuery query, ImportSettings settings) {
		this.query = query;
		this.atOnce = settings.runsAtOnce();
	}

	@Override
	public Standing standing() {
		RunFigures now = this.query.read();
		long waiting = now.count(RunStatus.QUEUED);
		long atWork = now.runs()
			.entrySet()
			.stream()
			.filter((entry) -> !entry.getKey().ended() && entry.getKey() != RunStatus.QUEUED
					&& entry.getKey() != RunStatus.NEEDS_INPUT)
			.mapToLong((entry) -> entry.getValue())
			.sum();
		Problem problem = (now.oldestQueuedSeconds() > LONG) ? new Problem("One has been waiting for long",
				(atWork > 0) ? "Look at the one before it: if it goes on, all is well; it can be stopped."
						: "Nothing is at work. Is there a server that executes imports (importer.imports.execute)?",
				null) : null;
		return new Standing("runs", "Imports and bulk deletes",
				List.of(new Figure("Waiting", InWords.count(waiting)),
						new Figure("Oldest waits for", WaitingWork.age(waiting, now.oldestQueuedSeconds())),
						new Figure("At work", InWords.count(atWork)),
						new Figure("Rows a second", InWords.count(now.rowsPerSecond()))),
				(this.atOnce == 1) ? "They are executed in the order they came in."
						: "They are begun in the order they came in, up to " + this.atOnce + " at once.",
				problem, "/ui/jobs");
	}

}
