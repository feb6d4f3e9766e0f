package productimporter.imports;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import productimporter.platform.InWords;

/**
 * An attempt to execute a run, as pages show it.
 *
 * @param words its number and how it went
 * @param started {@code null} when it did not come so far
 * @param steps in the order they began
 */
record RunAttempt(String words, RunView.Look look, RunView.@Nullable Moment started, List<Step> steps) {

	/**
	 * Newest first.
	 * @param run whose they are
	 */
	static List<RunAttempt> of(List<JobDetail.Attempt> attempts, List<JobDetail.Step> steps, ImportStatus run,
			Instant now) {
		List<RunAttempt> shown = new ArrayList<>();
		for (JobDetail.Attempt attempt : attempts) {
			List<Step> own = steps.stream()
				.filter((step) -> step.attempt() == attempt.number() && !step.name().contains(":"))
				.sorted(Comparator.comparing(JobDetail.Step::startedAt, Comparator.nullsLast(Instant::compareTo)))
				.map((step) -> Step.of(step, run))
				.toList();
			String status = JobDetail.settled(attempt.status(), run.status());
			shown.add(0, new RunAttempt("Attempt " + attempt.number() + ", " + inWords(status), look(status),
					RunView.Moment.orNull(attempt.startedAt(), now), own));
		}
		return shown;
	}

	private static String inWords(String status) {
		return switch (status) {
			case "starting", "started" -> "running";
			case "unknown", "abandoned" -> "interrupted";
			default -> status;
		};
	}

	private static RunView.Look look(String status) {
		return switch (status) {
			case "completed" -> new RunView.Look("check", "ok");
			case "starting", "started", "stopping" -> new RunView.Look("spin", "run");
			case "stopped" -> new RunView.Look("stopped", "");
			default -> new RunView.Look("bad", "bad");
		};
	}

	/**
	 * A step of an attempt.
	 *
	 * @param counts rows read and written and chunks committed, empty where there are
	 * none
	 * @param took empty where it has not ended
	 * @param failure why it failed, for who runs the server, or {@code null}
	 */
	record Step(String words, RunView.Look look, String counts, String took, @Nullable String failure) {

		private static Step of(JobDetail.Step step, ImportStatus run) {
			String words = switch (step.name()) {
				case "inspect" -> "Parsing CSV";
				case "validate" -> "Validating";
				case "import" -> run.dryRun() ? "Comparing" : "Importing";
				case "count" -> "Counting";
				case "delete" -> "Deleting";
				case "finish" -> "Closing";
				default -> step.name();
			};
			String took = (step.startedAt() != null && step.finishedAt() != null)
					? InWords.duration(Duration.between(step.startedAt(), step.finishedAt())) : "";
			String counts = counts(step);
			return new Step(words, RunAttempt.look(JobDetail.settled(step.status(), run.status())), counts, took,
					step.failure());
		}

		private static String counts(JobDetail.Step step) {
			if (step.read() + step.written() == 0) {
				return "";
			}
			String done = step.name().equals("delete") ? InWords.count(step.written(), "product")
					: InWords.count(step.read()) + " read, " + InWords.count(step.written()) + " written";
			return done + ", " + InWords.count(step.commits(), "commit");
		}

	}

}
