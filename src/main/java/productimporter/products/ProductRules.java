package productimporter.products;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

import productimporter.platform.FieldProblem;
import productimporter.platform.FieldsInvalid;

/**
 * Holds what people and programs send to the rules of {@link ProductFields}.
 */
@Component
class ProductRules {

	/** Bounded, because the time to read a number grows with the square of its length. */
	private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d{1,400}(\\.\\d{0,400})?|\\.\\d{1,400})");

	private static final List<String> ORDER = List.of("sku", "name", "description", "price", "active");

	private final Validator validator;

	ProductRules(Validator validator) {
		this.validator = validator;
	}

	/**
	 * Look at every field that was given.
	 * @param unreadable fields whose value is of no use, which are not looked at again
	 * @return the fields, without a problem
	 * @throws FieldsInvalid with all problems, one a field, in the order of a form
	 */
	ProductFields check(ProductFields fields, List<FieldProblem> unreadable) {
		List<FieldProblem> problems = new ArrayList<>(unreadable);
		this.validator.validate(fields)
			.stream()
			.map(ProductRules::problem)
			.filter((problem) -> fields.given().contains(problem.field()))
			.sorted(Comparator.comparing(FieldProblem::code))
			.filter((problem) -> problems.stream().noneMatch((other) -> Objects.equals(problem.field(), other.field())))
			.forEach(problems::add);
		if (!problems.isEmpty()) {
			problems.sort(Comparator.comparingInt((problem) -> ORDER.indexOf(problem.field()) & Integer.MAX_VALUE));
			throw new FieldsInvalid(problems);
		}
		return fields;
	}

	/**
	 * Read a price.
	 * @return {@code null} when there is none
	 * @throws NumberFormatException when it is not a number
	 */
	static @Nullable BigDecimal price(String text) {
		String price = text.strip();
		if (price.isEmpty()) {
			return null;
		}
		if (!NUMBER.matcher(price).matches()) {
			throw new NumberFormatException();
		}
		return new BigDecimal(price);
	}

	static FieldProblem notANumber() {
		return new FieldProblem("price", "price_not_a_number",
				"is not a number: write it with digits and a decimal point, such as 1234.50");
	}

	private static FieldProblem problem(ConstraintViolation<ProductFields> violation) {
		String constraint = violation.getConstraintDescriptor().getAnnotation().annotationType().getSimpleName();
		return new FieldProblem(violation.getPropertyPath().toString(), code(constraint), violation.getMessage());
	}

	/** The words that an import uses, where it has some. */
	private static String code(String constraint) {
		return switch (constraint) {
			case "NotBlank" -> "missing";
			case "TooLong", "Size" -> "too_long";
			case "DecimalMin" -> "price_negative";
			case "Digits" -> "price_too_many_digits";
			case "Decided" -> "type_mismatch";
			default -> "control_character";
		};
	}

}
