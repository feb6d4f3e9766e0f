package productimporter.jobs.productimport;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether text is a price, without making a number of it: digits, of which up to
 * ten before the decimal point and up to two after it.
 */
final class Price {

	private static final int MAX_WHOLE_DIGITS = 10;

	private static final int MAX_DECIMALS = 2;

	private Price() {
	}

	/**
	 * The rule that a price breaks.
	 * @param text without white space around it; empty is no price and breaks no rule
	 * @return {@code null} when it breaks none
	 */
	static @Nullable RowProblem problem(String text) {
		int start = (text.startsWith("-") || text.startsWith("+")) ? 1 : 0;
		int whole = digits(text, start);
		int next = start + whole;
		int decimals = 0;
		if (next < text.length() && text.charAt(next) == '.') {
			decimals = digits(text, next + 1);
			next += 1 + decimals;
		}
		if (next < text.length() || (whole == 0 && decimals == 0)) {
			return text.isEmpty() ? null : RowProblem.PRICE_NOT_A_NUMBER;
		}
		if (text.startsWith("-")) {
			return RowProblem.PRICE_NEGATIVE;
		}
		if (decimals > MAX_DECIMALS) {
			return RowProblem.PRICE_TOO_MANY_DECIMALS;
		}
		return (whole - leadingZeros(text, start, whole) > MAX_WHOLE_DIGITS) ? RowProblem.PRICE_TOO_LARGE : null;
	}

	private static int digits(String text, int from) {
		int i = from;
		while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
			i++;
		}
		return i - from;
	}

	private static int leadingZeros(String text, int from, int count) {
		int zeros = 0;
		while (zeros < count && text.charAt(from + zeros) == '0') {
			zeros++;
		}
		return zeros;
	}

}
