package productimporter.imports;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

import productimporter.platform.RequestRefused;

/**
 * How many rows of a file may be refused before the import is called off; decided before
 * anything is written.
 *
 * @param number {@code null}: any
 * @param percent whether the number is per cent of the file's rows
 */
public record RefusalLimit(@Nullable BigDecimal number, boolean percent) {

	/** Any number may be refused. */
	static final RefusalLimit NONE = new RefusalLimit(null, false);

	private static final Pattern TEXT = Pattern.compile("(\\d{1,9})|(\\d{1,3}(?:\\.\\d{1,3})?) ?%");

	/**
	 * Read a limit.
	 * @param text a number of rows, or {@code 5%}
	 * @throws RequestRefused when it is neither
	 */
	static RefusalLimit of(String text) {
		Matcher matcher = TEXT.matcher(text.strip());
		if (!matcher.matches() || (matcher.group(2) != null && new BigDecimal(matcher.group(2)).intValue() > 100)) {
			throw new RequestRefused(HttpStatus.UNPROCESSABLE_CONTENT, "option_invalid",
					"'max_errors' is a number of rows, such as 100, or a part of them, such as 5%.", "max_errors");
		}
		return (matcher.group(1) != null) ? new RefusalLimit(new BigDecimal(matcher.group(1)), false)
				: new RefusalLimit(new BigDecimal(matcher.group(2)), true);
	}

	String inWords() {
		if (this.number == null) {
			return "Are left out, the others are imported";
		}
		String most = this.number.toPlainString() + (this.percent ? " %" : "");
		return (this.number.signum() == 0) ? "One is enough to import nothing"
				: "More than " + most + " are enough to import nothing";
	}

	/**
	 * Calls the import off when too many of its rows are refused.
	 * @throws ImportFailed {@code too_many_refused}
	 */
	public void check(ImportPlan plan) {
		long refused = plan.refused().cardinality();
		if (this.number == null) {
			return;
		}
		BigDecimal most = this.percent ? this.number.multiply(BigDecimal.valueOf(plan.rowsTotal())).movePointLeft(2)
				: this.number;
		if (BigDecimal.valueOf(refused).compareTo(most) > 0) {
			throw new ImportFailed("too_many_refused", String.format(Locale.ROOT,
					"%,d of %,d rows are refused, and this import allows %s. Nothing was written. Download the refused rows, correct them and upload the whole file again.",
					refused, plan.rowsTotal(),
					(this.number.signum() == 0) ? "none" : this.number.toPlainString() + (this.percent ? " %" : "")),
					false);
		}
	}

}
