package productimporter.notifications;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import productimporter.imports.EndedRun;
import productimporter.imports.RefusedRow;
import productimporter.imports.RunStatus;
import productimporter.platform.InWords;

/**
 * The end of a run as a mail tells it.
 *
 * @param subject one line
 * @param counts what became of the rows; empty when none was done
 * @param sum the counts as an equation, or {@code null}
 * @param error why it failed, and what to do, or {@code null}
 * @param refused the first refused rows
 * @param moreRefused how many others, in words, or {@code null}
 * @param took how long it was at work, or {@code null}
 */
record RunMail(String subject, String filename, String outcome, List<Count> counts, @Nullable String sum,
		@Nullable String error, List<Refused> refused, @Nullable String moreRefused, @Nullable String took) {

	static RunMail of(EndedRun run, List<RefusedRow> refused) {
		String outcome = outcome(run);
		long others = run.counts().rejected() - refused.size();
		boolean any = run.counts().rows() > 0;
		return new RunMail(oneLine(outcome + ": " + run.filename()), run.filename(), outcome,
				any ? counts(run) : List.of(), (run.status() == RunStatus.COMPLETED) ? sum(run) : null, run.error(),
				refused.stream().map(Refused::of).toList(),
				(others > 0 && !refused.isEmpty()) ? "and " + InWords.count(others) + " more" : null,
				(run.startedAt() != null) ? InWords.duration(Duration.between(run.startedAt(), run.finishedAt()))
						: null);
	}

	private static String outcome(EndedRun run) {
		String what = run.dryRun() ? "Dry run" : "Import";
		return switch (run.status()) {
			case COMPLETED -> what + (run.dryRun() ? " done" : " completed") + ((run.counts().rejected() == 0) ? ""
					: ", " + InWords.count(run.counts().rejected(), "row") + " refused");
			case STOPPED -> what + " stopped";
			default -> what + " failed";
		};
	}

	private static List<Count> counts(EndedRun run) {
		return List.of(new Count("Rows read", InWords.count(run.counts().rows())),
				new Count("Created", InWords.count(run.counts().created())),
				new Count("Updated", InWords.count(run.counts().updated())),
				new Count("Unchanged", InWords.count(run.counts().unchanged())),
				new Count("Superseded", InWords.count(run.counts().superseded())),
				new Count("Refused", InWords.count(run.counts().rejected())));
	}

	private static String sum(EndedRun run) {
		return "%s read = %s created + %s updated + %s unchanged + %s superseded + %s refused".formatted(
				InWords.count(run.counts().rows(), "row"), InWords.count(run.counts().created()),
				InWords.count(run.counts().updated()), InWords.count(run.counts().unchanged()),
				InWords.count(run.counts().superseded()), InWords.count(run.counts().rejected()));
	}

	/** A header ends at a line break, so none gets into one. */
	static String oneLine(String text) {
		return text.codePoints()
			.map((c) -> Character.isISOControl(c) || Character.getType(c) == Character.LINE_SEPARATOR
					|| Character.getType(c) == Character.PARAGRAPH_SEPARATOR ? ' ' : c)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	/** A count and its name. */
	record Count(String label, String value) {
	}

	/**
	 * A refused row.
	 *
	 * @param line on which it begins
	 * @param column {@code null} when it's the row as a whole
	 */
	record Refused(String line, @Nullable String column, @Nullable String value, String reason) {

		static Refused of(RefusedRow row) {
			RefusedRow.Problem problem = row.problems().get(0);
			return new Refused(InWords.count(row.lineNumber()), problem.column(), problem.value(), problem.reason());
		}

	}

}
