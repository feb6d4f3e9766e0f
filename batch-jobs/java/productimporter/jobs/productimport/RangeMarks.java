package productimporter.jobs.productimport;

import java.util.ArrayList;
import java.util.List;

import productimporter.imports.ImportPlan;

/**
 * Remembers where every so many records begin, to cut the file into ranges once the number
 * of its records is known.
 */
final class RangeMarks {

	/** Records from one mark to the next; no range but the last is smaller. */
	static final int SPACING = 8192;

	private final List<Mark> marks = new ArrayList<>();

	boolean isDue(int record) {
		return record % SPACING == 0;
	}

	void add(long firstByte, long firstLine) {
		this.marks.add(new Mark(firstByte, firstLine));
	}

	/**
	 * Cuts the file.
	 * @param records in the file
	 * @param parts how many ranges to make if the file is long enough
	 * @return ranges of about the same number of records
	 */
	List<ImportPlan.Range> ranges(int records, int parts) {
		List<ImportPlan.Range> ranges = new ArrayList<>();
		int first = 0;
		for (int part = 1; part <= parts; part++) {
			int next = (part == parts) ? this.marks.size() : (int) Math.round((double) this.marks.size() * part / parts);
			int end = Math.min(records, next * SPACING);
			if (end > first * SPACING) {
				Mark mark = this.marks.get(first);
				ranges.add(new ImportPlan.Range(ranges.size(), mark.firstByte(), mark.firstLine(), first * SPACING,
						end - first * SPACING));
				first = next;
			}
		}
		return ranges;
	}

	private record Mark(long firstByte, long firstLine) {
	}

}
