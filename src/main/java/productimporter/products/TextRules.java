package productimporter.products;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * Rules of texts, the same as an import's: white space is what {@code String.isBlank}
 * takes for it, lengths are counted in code points. Half a surrogate pair, which no file
 * can hold, is no more storable than a control character.
 */
final class TextRules {

	private TextRules() {
	}

	@NotNull
	@Pattern(regexp = "(?s)\\p{javaWhitespace}*+\\P{javaWhitespace}.*")
	@ReportAsSingleViolation
	@Constraint(validatedBy = {})
	@Target(ElementType.FIELD)
	@Retention(RetentionPolicy.RUNTIME)
	@interface NotBlank {

		String message() default "is missing: every product needs one";

		Class<?>[] groups() default {};

		Class<? extends Payload>[] payload() default {};

	}

	@NotNull
	@ReportAsSingleViolation
	@Constraint(validatedBy = {})
	@Target(ElementType.FIELD)
	@Retention(RetentionPolicy.RUNTIME)
	@interface Decided {

		String message() default "must be true or false";

		Class<?>[] groups() default {};

		Class<? extends Payload>[] payload() default {};

	}

	/** At most {@link Sku#MAX_LENGTH} characters. */
	@Pattern(regexp = "(?s).{0,255}")
	@ReportAsSingleViolation
	@Constraint(validatedBy = {})
	@Target(ElementType.FIELD)
	@Retention(RetentionPolicy.RUNTIME)
	@interface TooLong {

		String message() default "is too long: it may have up to 255 characters";

		Class<?>[] groups() default {};

		Class<? extends Payload>[] payload() default {};

	}

	/** Without control characters. */
	@Pattern(regexp = "[^\\p{Cc}\\p{Cs}]*")
	@ReportAsSingleViolation
	@Constraint(validatedBy = {})
	@Target(ElementType.FIELD)
	@Retention(RetentionPolicy.RUNTIME)
	@interface ControlCharacter {

		String message() default CANNOT_BE_STORED;

		Class<?>[] groups() default {};

		Class<? extends Payload>[] payload() default {};

	}

	/** Without control characters but tabs and line breaks. */
	@Pattern(regexp = "[\\t\\n\\r[^\\p{Cc}\\p{Cs}]]*")
	@ReportAsSingleViolation
	@Constraint(validatedBy = {})
	@Target(ElementType.FIELD)
	@Retention(RetentionPolicy.RUNTIME)
	@interface ControlCharacterInText {

		String message() default CANNOT_BE_STORED;

		Class<?>[] groups() default {};

		Class<? extends Payload>[] payload() default {};

	}

	private static final String CANNOT_BE_STORED = "holds a character that can't be shown or stored (a control character): remove it";

}
