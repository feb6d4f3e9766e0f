package productimporter.imports;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import productimporter.platform.InWords;

/**
 * A page of what is wrong with a file, in the order of the file.
 *
 * @param page its number, from 1
 * @param lines one for each refused row and problem
 * @param range which of them, in words
 * @param previous the page before, or {@code null}
 * @param next the page after, or {@code null}
 */
record RefusedPage(int page, List<Line> lines, String range, @Nullable Integer previous, @Nullable Integer next) {

	private static final int SIZE = 20;

	static RefusedPage of(RefusedRowTable table, UUID run, int page) {
		long total = table.count(run);
		int last = (int) Math.max(1, (total + SIZE - 1) / SIZE);
		int shown = Math.max(1, Math.min(page, last));
		long first = (shown - 1L) * SIZE;
		List<Line> lines = (total > 0) ? table.page(run, SIZE, first) : List.of();
		String range = InWords.count(Math.min(total, first + 1)) + " to " + InWords.count(first + lines.size()) + " of "
				+ InWords.count(total);
		return new RefusedPage(shown, lines, range, (shown > 1) ? shown - 1 : null, (shown < last) ? shown + 1 : null);
	}

	/**
	 * One thing that is wrong with a row.
	 *
	 * @param line on which the row begins, in words
	 * @param column {@code null} when it's the row as a whole
	 * @param value {@code null} when nothing stands there
	 */
	record Line(String line, @Nullable String column, @Nullable String value, String reason) {
	}

}
