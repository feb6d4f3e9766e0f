package productimporter.imports;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/** Rows a second over the last seconds of one phase of a run. */
final class RowRate {

	private static final Duration WINDOW = Duration.ofSeconds(5);

	private final Deque<Sample> samples = new ArrayDeque<>();

	private boolean importing;

	@Nullable Long perSecond(RunProgress.Snapshot progress, Instant now) {
		boolean isImporting = progress.rowsTotal() != null;
		if (isImporting != this.importing) {
			this.samples.clear();
			this.importing = isImporting;
		}
		this.samples.addLast(new Sample(now, progress.rowsRead()));
		while (Duration.between(this.samples.getFirst().at(), now).compareTo(WINDOW) > 0) {
			this.samples.removeFirst();
		}
		Sample first = this.samples.getFirst();
		long millis = Duration.between(first.at(), now).toMillis();
		return (millis > 0) ? (progress.rowsRead() - first.rows()) * 1000 / millis : null;
	}

	private record Sample(Instant at, long rows) {
	}

}
