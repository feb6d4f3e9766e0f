package productimporter.imports;

import java.util.Map;

/**
 * How the runs of the whole cluster stand, for monitoring.
 *
 * @param runs how many there are in each state; states without any are absent
 * @param oldestQueuedSeconds how long the oldest waiting run has been waiting, 0 when
 * none is
 * @param rowsPerSecond of the runs that are being executed, 0 when none is
 */
record RunFigures(Map<RunStatus, Long> runs, double oldestQueuedSeconds, long rowsPerSecond) {

	long count(RunStatus status) {
		return this.runs.getOrDefault(status, 0L);
	}

}
