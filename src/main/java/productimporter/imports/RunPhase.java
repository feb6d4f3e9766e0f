package productimporter.imports;

import java.util.ArrayList;
import java.util.List;

/**
 * A phase of a run as pages show it.
 *
 * @param words with an ellipsis only while it is the present one
 * @param icon its name in icons.svg
 * @param tone ok, bad, run or empty
 * @param current whether the run is in it, or ended in it early
 */
record RunPhase(String words, String icon, String tone, boolean current) {

	private static final List<RunStatus> DELETING = List.of(RunStatus.DELETING, RunStatus.COMPLETED);

	private static final List<RunStatus> IMPORTING = List.of(RunStatus.PARSING, RunStatus.VALIDATING,
			RunStatus.IMPORTING, RunStatus.COMPLETED);

	static List<RunPhase> trail(ImportStatus run) {
		List<RunStatus> phases = (run.kind() == JobKind.IMPORT) ? IMPORTING : DELETING;
		int reached = reached(run, phases);
		List<RunPhase> trail = new ArrayList<>();
		for (int i = 0; i < phases.size(); i++) {
			String words = phases.get(i).words(run.dryRun());
			String done = words.replace("…", "");
			if (i < reached || run.status() == RunStatus.COMPLETED) {
				trail.add(new RunPhase(done, "check", "ok", false));
			}
			else if (i > reached) {
				trail.add(new RunPhase(done, "wait", "", false));
			}
			else {
				trail.add(present(run.status(), words, done));
			}
		}
		return trail;
	}

	private static RunPhase present(RunStatus status, String words, String done) {
		return switch (status) {
			case FAILED -> new RunPhase(done + " failed", "bad", "bad", true);
			case STOPPED -> new RunPhase(done + " stopped", "stopped", "", true);
			case QUEUED, NEEDS_INPUT -> new RunPhase(done, "wait", "", false);
			default -> new RunPhase(words, "spin", "run", true);
		};
	}

	private static int reached(ImportStatus run, List<RunStatus> phases) {
		int phase = phases.indexOf(run.status());
		if (phase >= 0) {
			return phase;
		}
		if (phases == DELETING) {
			return 0;
		}
		return (run.percent() < RunProgress.PARSED) ? 0 : (run.percent() < RunProgress.VALIDATED) ? 1 : 2;
	}

}
