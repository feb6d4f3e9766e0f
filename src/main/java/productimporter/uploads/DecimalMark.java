package productimporter.uploads;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Finds the decimal mark of prices. {@code 4,20} and {@code 1.234,50} can only be read
 * with a comma, {@code 4.20} and {@code 1,234.50} only with a full stop, {@code 1,234}
 * and {@code 1.234} with either.
 */
final class DecimalMark {

	private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9.,]*[0-9][0-9.,]*");

	private int comma;

	private int stop;

	private @Nullable String unclear;

	private @Nullable String withComma;

	private @Nullable String withStop;

	/** The next price of the file. */
	void add(String cell) {
		String price = cell.strip();
		int lastComma = price.lastIndexOf(',');
		int lastStop = price.lastIndexOf('.');
		if ((lastComma < 0 && lastStop < 0) || price.length() > 40 || !NUMBER.matcher(price).matches()) {
			return;
		}
		char last = (lastComma > lastStop) ? ',' : '.';
		int position = Math.max(lastComma, lastStop);
		if (price.indexOf(last) < position) {
			// more than one of a kind only separate thousands
			count((last == ',') ? '.' : ',', price);
		}
		else if (Math.min(lastComma, lastStop) >= 0) {
			count(last, price);
		}
		else if (price.length() - position == 4 && position > 0 && position <= 4 && !price.startsWith("0")
				&& Character.isDigit(price.charAt(position - 1))) {
			this.unclear = (this.unclear != null) ? this.unclear : price;
		}
		else {
			count(last, price);
		}
	}

	private void count(char mark, String price) {
		if (mark == ',') {
			this.comma++;
			this.withComma = (this.withComma != null) ? this.withComma : price;
		}
		else {
			this.stop++;
			this.withStop = (this.withStop != null) ? this.withStop : price;
		}
	}

	/**
	 * What the prices so far say.
	 * @return {@code null} when no price has one
	 * @throws UnreadableFile {@code decimal_unclear}, when they say nothing certain
	 */
	@Nullable Character find() {
		int more = Math.max(this.comma, this.stop);
		int fewer = Math.min(this.comma, this.stop);
		// some odd cells are problems of their rows
		if (more > 0 && fewer * 10 <= more) {
			return (this.comma > this.stop) ? ',' : '.';
		}
		if (more > 0) {
			throw UnreadableFile.doubt("decimal_unclear", "decimal", null, 0,
					"Some prices have a decimal comma, such as %s, and others a decimal point, such as %s. Send decimal=, or decimal=. to say which is meant; rows with the other are refused."
						.formatted(this.withComma, this.withStop));
		}
		if (this.unclear != null) {
			throw UnreadableFile.doubt("decimal_unclear", "decimal", null, 0,
					"It can't be told whether %s is a price with a decimal mark or with one between thousands, and no other price of the file says. Send decimal=, or decimal=. to say what the decimal mark is."
						.formatted(this.unclear));
		}
		return null;
	}

}
