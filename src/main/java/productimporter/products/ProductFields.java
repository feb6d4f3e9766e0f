package productimporter.products;

import java.math.BigDecimal;
import java.util.Set;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What someone wants the fields of a product to be.
 *
 * @param sku normalised
 * @param given the fields that were sent; the others of a change stay as they are
 */
record ProductFields(@TextRules.NotBlank @TextRules.TooLong @TextRules.ControlCharacter @Nullable String sku,
		@TextRules.NotBlank @TextRules.ControlCharacterInText @Size(max = MAX_TEXT,
				message = TOO_LONG) @Nullable String name,
		@TextRules.ControlCharacterInText @Size(max = MAX_TEXT, message = TOO_LONG) @Nullable String description,
		@DecimalMin(value = "0", message = "is negative: it must be 0 or more") @Digits(integer = 10, fraction = 2,
				message = "may have up to ten digits before the decimal point and two after it") @Nullable BigDecimal price,
		@TextRules.Decided @Nullable Boolean active, Set<String> given) {

	/** The largest cell of a file. */
	private static final int MAX_TEXT = 1_048_576;

	private static final String TOO_LONG = "is too long: it may have up to 1,048,576 characters";

	static final Set<String> ALL = Set.of("sku", "name", "description", "price", "active");

}
