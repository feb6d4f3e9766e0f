package productimporter.platform;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;
import org.springframework.validation.FieldError;

/**
 * One bad field of a request, a member of {@code errors} in a problem response.
 *
 * @param field as the sender writes it, or {@code null} when no single one is to blame
 * @param code for programs, in snake_case, for example {@code not_blank}
 * @param message for people
 */
public record FieldProblem(@Nullable String field, String code, String message) {

	static final String WRONG_TYPE = "type_mismatch";

	/**
	 * A violated constraint, or a value that couldn't be converted.
	 * @param field to blame when the error names none
	 */
	static FieldProblem of(MessageSourceResolvable error, @Nullable String field) {
		if (error instanceof FieldError fieldError) {
			return fieldError.isBindingFailure() ? notConverted(fieldError)
					: of(snake(fieldError.getField()), fieldError);
		}
		return of((field != null) ? snake(field) : null, error);
	}

	private static FieldProblem of(@Nullable String field, MessageSourceResolvable error) {
		String[] codes = error.getCodes();
		// the most general code, the constraint's own name, comes last
		String code = (codes == null || codes.length == 0) ? "invalid" : snake(codes[codes.length - 1]);
		return new FieldProblem(field, code, Objects.requireNonNullElse(error.getDefaultMessage(), "is not valid"));
	}

	/**
	 * A value that is not of the type wanted.
	 */
	static FieldProblem wrongType(String field, @Nullable Class<?> wanted) {
		return new FieldProblem(snake(field), WRONG_TYPE, "must be " + inWords(wanted));
	}

	/**
	 * Spring's own message names classes, so only the sender's part is taken from it.
	 */
	private static FieldProblem notConverted(FieldError error) {
		Class<?> wanted = null;
		if (error.contains(TypeMismatchException.class)) {
			wanted = error.unwrap(TypeMismatchException.class).getRequiredType();
		}
		return wrongType(error.getField(), wanted);
	}

	private static String inWords(@Nullable Class<?> wanted) {
		if (wanted == null) {
			return "a value of another type";
		}
		Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(wanted);
		if (type.isEnum()) {
			return Arrays.stream(type.getEnumConstants())
				.map((constant) -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
				.collect(Collectors.joining(", ", "one of ", ""));
		}
		if (type == Boolean.class) {
			return "true or false";
		}
		if (type == UUID.class) {
			return "a UUID";
		}
		if (type == Integer.class || type == Long.class || type == Short.class) {
			return "a whole number";
		}
		if (Number.class.isAssignableFrom(type)) {
			return "a number";
		}
		if (type == LocalDate.class) {
			return "a day in ISO 8601, such as 2026-01-31";
		}
		return type.getPackageName().equals("java.time") ? "a time in ISO 8601, such as 2026-01-31T12:00:00Z"
				: "a value of another type";
	}

	/**
	 * Senders write snake_case where our code writes camelCase.
	 */
	static String snake(String name) {
		String spaced = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2");
		return StringUtils.hasText(spaced) ? spaced.toLowerCase(Locale.ROOT) : name;
	}

}
