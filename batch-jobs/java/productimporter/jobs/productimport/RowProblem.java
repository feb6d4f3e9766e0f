package productimporter.jobs.productimport;

import java.util.Locale;

import org.jspecify.annotations.Nullable;
import productimporter.imports.RefusedRow.Problem;
import productimporter.uploads.Price;

/**
 * The rules that a row can break. The reason says what is wrong, then what is right.
 */
enum RowProblem {

	SKU_MISSING("The SKU is missing: every product needs one."),
	SKU_TOO_LONG("The SKU is too long: it may have up to 255 characters."),
	SKU_TWICE("The SKU stands on line %d too, and this import refuses all rows with such a SKU: keep one of them."),
	NAME_MISSING("The name is missing: every product needs one."),
	PRICE_NOT_A_NUMBER("Not a number: write a price with digits and a decimal %1$s, such as 1234%2$s50, or leave it empty."),
	PRICE_NEGATIVE("The price is negative: it must be 0 or more."),
	PRICE_TOO_MANY_DECIMALS("The price has more than two decimals: round it to two, such as 4%2$s20."),
	PRICE_TOO_LARGE("The price is too large: it may have up to ten digits before the decimal %1$s."),
	TOO_FEW_CELLS("The row has %d cells, the header has %d: give the missing cells, empty ones too."),
	TOO_MANY_CELLS("The row has %d cells, the header has %d: put a cell that holds the delimiter in double quotes."),
	CONTROL_CHARACTER("There is a character that can't be shown or stored (a control character): remove it."),
	STRAY_QUOTE("A double quote opens a cell on this row and is not closed properly: close it before the next "
			+ "delimiter or line end, and double the quotes within the cell (\"\")."),
	CELL_TOO_LONG("A cell is too long: it may have up to 1,048,576 characters."),
	ROW_TOO_LONG("The row is too long: it may have up to 4,194,304 characters.");

	private final String reason;

	RowProblem(String reason) {
		this.reason = reason;
	}

	static RowProblem of(Price.Problem problem) {
		return switch (problem) {
			case NOT_A_NUMBER -> PRICE_NOT_A_NUMBER;
			case NEGATIVE -> PRICE_NEGATIVE;
			case TOO_MANY_DECIMALS -> PRICE_TOO_MANY_DECIMALS;
			case TOO_LARGE -> PRICE_TOO_LARGE;
		};
	}

	/**
	 * Of a price.
	 * @param decimal the decimal mark of the file's prices; {@code null}: a full stop
	 */
	Problem ofPrice(String column, @Nullable String value, @Nullable Character decimal) {
		boolean comma = decimal != null && decimal == ',';
		return new Problem(column, value, name().toLowerCase(Locale.ROOT),
				this.reason.formatted(comma ? "comma" : "point", comma ? "," : "."));
	}

	Problem of(String column, @Nullable String value, long line) {
		return new Problem(column, value, name().toLowerCase(Locale.ROOT), this.reason.formatted(line));
	}

	Problem of(@Nullable String column, @Nullable String value, int cells, int columns) {
		return new Problem(column, value, name().toLowerCase(Locale.ROOT),
				(cells > 0) ? this.reason.formatted(cells, columns) : this.reason);
	}

}
