package productimporter.imports;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A row of the file that is not imported, and everything that is wrong with it.
 *
 * @param recordNumber place among the data records of the file, from 0
 * @param lineNumber line on which the row begins, from 1
 * @param raw the row as it stands in the file
 * @param problems what is wrong, at least one
 */
public record RefusedRow(int recordNumber, long lineNumber, String raw, List<Problem> problems) {

	/**
	 * One thing that is wrong with a row.
	 *
	 * @param column the column's name in the file, or {@code null} when it's the row as a
	 * whole
	 * @param value what stands there, or {@code null} when nothing does
	 * @param code the rule that was broken, in snake_case
	 * @param reason for people: what is wrong, then what is right
	 */
	public record Problem(@Nullable String column, @Nullable String value, String code, String reason) {
	}

}
