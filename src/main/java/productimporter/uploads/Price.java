package productimporter.uploads;

import java.math.BigDecimal;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether text is a price, without making a number of it: digits, of which up to
 * ten before the decimal point and up to two after it; zeros behind these count for
 * nothing (Magento writes 49.9000).
 */
public final class Price {

	private static final int MAX_WHOLE_DIGITS = 10;

	private static final int MAX_DECIMALS = 2;

	/** Between digits, with nothing that could be a decimal mark. */
	private static final Pattern IN_THOUSANDS_BY_COMMA = Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+(\\.\\d*)?");

	private static final Pattern IN_THOUSANDS_BY_STOP = Pattern.compile("[+-]?\\d{1,3}(\\.\\d{3})+(,\\d*)?");

	private Price() {
	}

	/**
	 * A price with a full stop as decimal mark and nothing between thousands.
	 * @param text without white space around it
	 * @param decimal its decimal mark; {@code null}: it is plain already
	 * @return text that is no price when it isn't one with that mark
	 */
	public static String plain(String text, @Nullable Character decimal) {
		if (decimal == null) {
			return text;
		}
		char between = (decimal == ',') ? '.' : ',';
		if (text.indexOf(between) >= 0) {
			Pattern grouped = (between == ',') ? IN_THOUSANDS_BY_COMMA : IN_THOUSANDS_BY_STOP;
			if (text.length() > 40 || !grouped.matcher(text).matches()) {
				return "?";
			}
			return text.replace(String.valueOf(between), "").replace(decimal, '.');
		}
		return (decimal == ',') ? text.replace(',', '.') : text;
	}

	/**
	 * The rule that a price breaks.
	 * @param text without white space around it; empty is no price and breaks no rule
	 * @return {@code null} when it breaks none
	 */
	public static @Nullable Problem problem(String text) {
		int start = (text.startsWith("-") || text.startsWith("+")) ? 1 : 0;
		int whole = digits(text, start);
		int next = start + whole;
		int decimals = 0;
		int trailingZeros = 0;
		if (next < text.length() && text.charAt(next) == '.') {
			decimals = digits(text, next + 1);
			next += 1 + decimals;
			while (decimals > MAX_DECIMALS && text.charAt(next - 1 - trailingZeros) == '0') {
				decimals--;
				trailingZeros++;
			}
		}
		if (next < text.length() || (whole == 0 && decimals == 0)) {
			return text.isEmpty() ? null : Problem.NOT_A_NUMBER;
		}
		if (text.startsWith("-")) {
			return Problem.NEGATIVE;
		}
		if (decimals > MAX_DECIMALS) {
			return Problem.TOO_MANY_DECIMALS;
		}
		return (whole - leadingZeros(text, start, whole) > MAX_WHOLE_DIGITS) ? Problem.TOO_LARGE : null;
	}

	/**
	 * The number that a price is.
	 * @param price that breaks no rule; not empty
	 * @return with two decimals
	 */
	public static BigDecimal value(String price) {
		long hundredths = 0;
		int decimals = -1;
		for (int i = 0; i < price.length() && decimals < MAX_DECIMALS; i++) {
			char character = price.charAt(i);
			if (character >= '0' && character <= '9') {
				hundredths = 10 * hundredths + (character - '0');
				decimals += (decimals >= 0) ? 1 : 0;
			}
			else if (character == '.') {
				decimals = 0;
			}
		}
		for (decimals = Math.max(0, decimals); decimals < MAX_DECIMALS; decimals++) {
			hundredths *= 10;
		}
		return BigDecimal.valueOf(hundredths, MAX_DECIMALS);
	}

	/** A rule that a price breaks. */
	public enum Problem {

		NOT_A_NUMBER, NEGATIVE, TOO_MANY_DECIMALS, TOO_LARGE

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
