package productimporter.imports;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.springframework.stereotype.Component;

/**
 * Writes down how far this node's runs are, for everyone to read. One write after the
 * other, so that none is overtaken by an older one.
 */
@Component
class ProgressRecorder {

	private final ImportProgressTable table;

	private final Clock clock;

	private final Map<UUID, RowRate> rates = new HashMap<>();

	ProgressRecorder(ImportProgressTable table, Clock clock) {
		this.table = table;
		this.clock = clock;
	}

	synchronized void record(ActiveRun run) {
		Instant now = this.clock.instant();
		RunProgress.Snapshot progress = run.progress().snapshot();
		Long rowsPerSecond = this.rates.computeIfAbsent(run.id(), (id) -> new RowRate()).perSecond(progress, now);
		Long total = progress.rowsTotal();
		Long eta = (rowsPerSecond != null && rowsPerSecond > 0 && total != null)
				? Math.max(0, total - progress.rowsRead() + rowsPerSecond - 1) / rowsPerSecond : null;
		this.table.write(run.id(), run.epoch(), progress, rowsPerSecond, eta, now);
	}

	synchronized void forget(ActiveRun run) {
		this.rates.remove(run.id());
	}

}
