package productimporter.jobs.productimport;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import productimporter.imports.RefusedRow;
import productimporter.imports.RefusedRow.Problem;
import productimporter.products.Sku;
import productimporter.uploads.CsvFormat;
import productimporter.uploads.Price;

/**
 * The rules that a row must keep. By hand rather than by Jakarta Validation: they look at
 * cells before these are values, and each refusal names column, value, code and remedy
 * (ops/decisions/0004).
 */
final class RowRules {

	private final CsvFormat format;

	RowRules(CsvFormat format) {
		this.format = format;
	}

	/**
	 * A row's SKU as it is stored, which both other calls want.
	 * @param row any row
	 * @return empty when the row has none
	 */
	static String sku(ProductRow row) {
		return (row.sku() != null) ? Sku.normalize(row.sku()) : "";
	}

	/**
	 * Everything that is wrong with a row.
	 * @param row any row
	 * @param sku its {@link #sku}
	 * @return empty when it may be imported
	 */
	List<Problem> problems(ProductRow row, String sku) {
		RowProblem shape = shape(row);
		if (shape != null) {
			return List.of(shape.of(null, (shape == RowProblem.STRAY_QUOTE) ? row.raw() : null, row.cells(),
					this.format.columns().count()));
		}
		List<Problem> problems = checkSku(row, sku, List.of());
		problems = checkName(row, problems);
		problems = checkText(row, this.format.columns().description(), row.description(), problems);
		return checkPrice(row.price(), problems);
	}

	/**
	 * The product that a row describes.
	 * @param row one without problems
	 * @param sku its {@link #sku}
	 */
	ValidProduct product(ProductRow row, String sku) {
		String name = row.name();
		if (name == null) {
			throw new IllegalArgumentException("Record " + row.record() + " has problems");
		}
		String description = row.description();
		return new ValidProduct(sku, name,
				(description != null && !description.isEmpty()) ? description : null, price(row.price()));
	}

	/** The problem of a row whose SKU stands on another line too. */
	Problem twin(ProductRow row, long otherLine) {
		int column = this.format.columns().sku();
		return RowProblem.SKU_TWICE.of(this.format.header().get(column), row.sku(), otherLine);
	}

	RefusedRow refuse(ProductRow row, List<Problem> problems) {
		return new RefusedRow(row.record(), row.line(), row.raw(), problems);
	}

	private @Nullable RowProblem shape(ProductRow row) {
		return switch (row.defect()) {
			case OPEN_QUOTE -> RowProblem.STRAY_QUOTE;
			case TOO_LONG -> RowProblem.ROW_TOO_LONG;
			case CELL_TOO_LONG -> RowProblem.CELL_TOO_LONG;
			case NONE -> {
				int cells = row.cells();
				int columns = this.format.columns().count();
				yield (cells < columns) ? RowProblem.TOO_FEW_CELLS
						: (cells > columns) ? RowProblem.TOO_MANY_CELLS : null;
			}
		};
	}

	private List<Problem> checkSku(ProductRow row, String sku, List<Problem> problems) {
		int column = this.format.columns().sku();
		if (sku.isEmpty()) {
			return with(problems, RowProblem.SKU_MISSING, column, row.sku());
		}
		if (sku.length() > Sku.MAX_LENGTH && sku.codePointCount(0, sku.length()) > Sku.MAX_LENGTH) {
			return with(problems, RowProblem.SKU_TOO_LONG, column, row.sku());
		}
		return (row.controls() && hasControlCharacter(sku, true))
				? with(problems, RowProblem.CONTROL_CHARACTER, column, row.sku()) : problems;
	}

	private List<Problem> checkName(ProductRow row, List<Problem> problems) {
		String name = row.name();
		int column = this.format.columns().name();
		return (name == null || name.isBlank()) ? with(problems, RowProblem.NAME_MISSING, column, name)
				: checkText(row, column, name, problems);
	}

	private List<Problem> checkText(ProductRow row, int column, @Nullable String text, List<Problem> problems) {
		return (row.controls() && text != null && hasControlCharacter(text, false))
				? with(problems, RowProblem.CONTROL_CHARACTER, column, text) : problems;
	}

	private List<Problem> checkPrice(@Nullable String price, List<Problem> problems) {
		Price.Problem problem = (price != null) ? Price.problem(Price.plain(price.strip(), this.format.decimal())) : null;
		return (problem != null) ? with(problems, RowProblem.of(problem)
			.ofPrice(this.format.header().get(this.format.columns().price()), price, this.format.decimal())) : problems;
	}

	private List<Problem> with(List<Problem> problems, RowProblem problem, int column, @Nullable String value) {
		return with(problems, problem.of(this.format.header().get(column), value, 0, 0));
	}

	private static List<Problem> with(List<Problem> problems, Problem problem) {
		List<Problem> more = new ArrayList<>(problems);
		more.add(problem);
		return more;
	}

	private @Nullable BigDecimal price(@Nullable String cell) {
		String price = (cell != null) ? Price.plain(cell.strip(), this.format.decimal()) : "";
		return price.isEmpty() ? null : Price.value(price);
	}

	/**
	 * C0 and C1 controls and DEL; tabs and line breaks may stand in texts, not in a SKU.
	 */
	private static boolean hasControlCharacter(String text, boolean strict) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c < ' ') {
				if (strict || (c != '\t' && c != '\n' && c != '\r')) {
					return true;
				}
			}
			else if (c >= 0x7f && c <= 0x9f) {
				return true;
			}
		}
		return false;
	}

}
