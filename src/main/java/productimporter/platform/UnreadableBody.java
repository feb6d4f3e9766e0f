package productimporter.platform;

import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Finds the field to blame for a JSON body that doesn't fit. Jackson's own messages name
 * classes and stay inside.
 */
final class UnreadableBody {

	private UnreadableBody() {
	}

	/**
	 * Finds the one to blame.
	 * @return it, or {@code null} when the body is no JSON or missing
	 */
	static @Nullable FieldProblem blame(HttpMessageNotReadableException ex) {
		if (!(ex.getCause() instanceof MismatchedInputException cause) || cause.getPath().isEmpty()) {
			return null;
		}
		String field = cause.getPath().stream().map(UnreadableBody::segment).collect(Collectors.joining("."));
		if (cause instanceof UnrecognizedPropertyException) {
			return new FieldProblem(field, "field_unknown", "is not a known field");
		}
		return FieldProblem.wrongType(field, cause.getTargetType());
	}

	private static String segment(JacksonException.Reference reference) {
		String name = reference.getPropertyName();
		return (name != null) ? name : String.valueOf(reference.getIndex());
	}

}
