package productimporter.uploads;

/**
 * Cells that a spreadsheet would take for formulas, and how a CSV holds them so that it
 * doesn't: with an apostrophe before them (OWASP, CSV injection). Reading is the exact
 * inverse of writing, for cells that begin with apostrophes too, as long as it is known
 * that the file was written so ({@link CsvFormat#hasInertFormulas()}).
 */
public final class Formulas {

	private Formulas() {
	}

	/**
	 * Whether a spreadsheet would take a cell for a formula, apostrophes before it not
	 * counted.
	 * @param text where the cell stands
	 * @param start its first character
	 * @param end behind its last
	 */
	public static boolean isFormula(CharSequence text, int start, int end) {
		int first = start;
		while (first < end && text.charAt(first) == '\'') {
			first++;
		}
		return first < end && "=+-@\t\r".indexOf(text.charAt(first)) >= 0;
	}

	/**
	 * A cell as it is written.
	 */
	public static String inert(String cell) {
		return isFormula(cell, 0, cell.length()) ? "'" + cell : cell;
	}

	/**
	 * A cell that was written by {@link #inert}. One that somebody has typed since,
	 * without the apostrophe, is taken as it is.
	 */
	public static String live(String cell) {
		return (cell.startsWith("'") && isFormula(cell, 0, cell.length())) ? cell.substring(1) : cell;
	}

}
