package productimporter.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriComponentsBuilder;

import productimporter.platform.InWords;

/**
 * A page of what a dry run would have done, as its run's page shows it.
 *
 * @param kinds what can be shown
 * @param kind the one that is shown
 * @param lines one for each field that would change
 * @param first the address of the first page, {@code null} on it
 * @param next the address of the next page, {@code null} on the last
 */
record DryRunView(List<DryRunChange.Kind> kinds, DryRunChange.Kind kind, List<Line> lines, @Nullable String first,
		@Nullable String next) {

	private static final int SIZE = 50;

	static DryRunView of(DryRuns dryRuns, ImportStatus run, DryRunChange.Kind kind, @Nullable String after) {
		DryRuns.Diff diff = dryRuns.diff(run, kind, after, SIZE);
		List<Line> lines = new ArrayList<>();
		for (DryRunChange change : diff.items()) {
			change.fields().forEach((field) -> lines.add(Line.of(change, field)));
		}
		return new DryRunView(List.of(DryRunChange.Kind.values()), kind, lines,
				(after != null) ? address(run.taskId(), kind, null) : null,
				(diff.after() != null) ? address(run.taskId(), kind, diff.after()) : null);
	}

	/**
	 * What to know before the import.
	 *
	 * @param outdated whether products may have changed since
	 * @param halved how many prices would fall by half or more, in words, {@code null}
	 * for none
	 */
	record Notes(boolean outdated, @Nullable String halved) {

		static Notes of(DryRuns dryRuns, ImportStatus run) {
			long halved = dryRuns.pricesHalved(run);
			return new Notes(dryRuns.isOutdated(run),
					(halved > 0) ? InWords.count(halved, "price") + " would fall by half or more" : null);
		}

	}

	private static String address(UUID run, DryRunChange.Kind kind, @Nullable String after) {
		UriComponentsBuilder address = UriComponentsBuilder.fromPath("/ui/uploads/" + run)
			.queryParam("kind", kind.code());
		if (after != null) {
			address.queryParam("after", "{after}");
		}
		return ((after != null) ? address.encode().buildAndExpand(after) : address.build()).toUriString();
	}

	/**
	 * A field that would change.
	 *
	 * @param before {@code null} for none
	 * @param after {@code null} for none
	 */
	record Line(String sku, boolean created, String field, @Nullable String before, @Nullable String after) {

		private static final int LONGEST = 300;

		static Line of(DryRunChange change, DryRunChange.Field field) {
			return new Line(change.sku(), change.created(),
					Character.toUpperCase(field.field().charAt(0)) + field.field().substring(1),
					shortened(field.before()), shortened(field.after()));
		}

		private static @Nullable String shortened(@Nullable String text) {
			return (text == null || text.length() <= LONGEST) ? text
					: text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, LONGEST) - 1)) + "…";
		}

	}

}
