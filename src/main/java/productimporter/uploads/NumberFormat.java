package productimporter.uploads;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a cell's number means, which only the format says by which it is shown.
 *
 * @param kind whether it is a date
 * @param digits {@link Kind#FIXED}: the decimals shown; {@link Kind#ZEROS}: the digits
 * shown, with zeros before the number
 */
record NumberFormat(Kind kind, int digits) {

	static final NumberFormat GENERAL = new NumberFormat(Kind.GENERAL, 0);

	/** A workbook keeps 15 digits of a number; the others are noise. */
	private static final MathContext PRECISION = new MathContext(15, RoundingMode.HALF_UP);

	private static final int LAST_DAY = 2_958_465;

	private static final Pattern LITERALS = Pattern.compile("\"[^\"]*\"?|\\\\.|[_*].|\\[(?![hms]+])[^]]*]?",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern ONLY_ZEROS = Pattern.compile("0{2,20}");

	private static final Pattern DECIMALS = Pattern.compile("[^0#?.%/Ee@]*[0#?,]*[0#?](?:\\.(0+))?[^0#?.,%/Ee@]*");

	private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

	/**
	 * One of those that every workbook has.
	 * @param id as styles name it, ECMA-376 part 1, 18.8.30
	 */
	static NumberFormat builtIn(int id) {
		return switch (id) {
			case 14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58 -> new NumberFormat(Kind.DATE, 0);
			case 22 -> new NumberFormat(Kind.DATE_TIME, 0);
			case 18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56 -> new NumberFormat(Kind.TIME, 0);
			case 2, 4, 7, 8, 39, 40, 43, 44 -> new NumberFormat(Kind.FIXED, 2);
			default -> GENERAL;
		};
	}

	/**
	 * One of a workbook's own.
	 * @param code such as {@code #,##0.00 "€"}
	 */
	static NumberFormat of(String code) {
		String shown = LITERALS.matcher(code).replaceAll("").split(";", 2)[0].strip();
		if (ONLY_ZEROS.matcher(shown).matches()) {
			return new NumberFormat(Kind.ZEROS, shown.length());
		}
		String letters = shown.toLowerCase(Locale.ROOT);
		if (letters.contains("general")) {
			return GENERAL;
		}
		boolean time = letters.matches("(?s).*[hs].*") || letters.contains("[m");
		boolean date = letters.matches("(?s).*[yd].*") || (letters.contains("m") && !time);
		if (date || time) {
			return new NumberFormat(!time ? Kind.DATE : date ? Kind.DATE_TIME : Kind.TIME, 0);
		}
		Matcher decimals = DECIMALS.matcher(shown);
		return (decimals.matches() && decimals.group(1) != null)
				? new NumberFormat(Kind.FIXED, decimals.group(1).length()) : GENERAL;
	}

	/**
	 * The number as text.
	 * @param raw as the workbook holds it
	 * @param from1904 whether days are counted from 1904 on
	 * @return what it is when it is no number
	 */
	String text(String raw, boolean from1904) {
		double value;
		try {
			value = Double.parseDouble(raw);
		}
		catch (NumberFormatException ex) {
			return raw;
		}
		if (!Double.isFinite(value) || raw.length() > 40) {
			return raw;
		}
		if (this.kind == Kind.DATE || this.kind == Kind.DATE_TIME || this.kind == Kind.TIME) {
			String date = date(value, from1904);
			if (date != null) {
				return date;
			}
		}
		return number(new BigDecimal(raw.strip()).round(PRECISION));
	}

	private String number(BigDecimal exact) {
		BigDecimal number = (exact.signum() == 0) ? BigDecimal.ZERO : exact.stripTrailingZeros();
		if (this.kind == Kind.FIXED && (number.scale() <= this.digits || this.digits >= 2)) {
			return number.setScale(this.digits, RoundingMode.HALF_UP).toPlainString();
		}
		String text = number.toPlainString();
		if (this.kind == Kind.ZEROS && number.signum() >= 0 && number.scale() <= 0) {
			return "0".repeat(Math.max(0, this.digits - text.length())) + text;
		}
		return text;
	}

	/** {@code null} for what is no date. */
	private @Nullable String date(double days, boolean from1904) {
		if (days < 0 || days > LAST_DAY) {
			return null;
		}
		long seconds = Math.round(days * 86_400);
		if (this.kind == Kind.TIME) {
			return String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
		}
		long day = seconds / 86_400;
		if (!from1904 && day == 0) {
			return null;
		}
		// Excel counts a 29th of February 1900
		LocalDate first = from1904 ? LocalDate.of(1904, 1, 1) : LocalDate.of(1899, 12, (day < 60) ? 31 : 30);
		LocalDateTime date = first.atStartOfDay().plusSeconds(seconds);
		return (this.kind == Kind.DATE) ? date.toLocalDate().toString() : SECONDS.format(date);
	}

	/** What is shown. */
	enum Kind {

		GENERAL, FIXED, ZEROS, DATE, DATE_TIME, TIME

	}

}
