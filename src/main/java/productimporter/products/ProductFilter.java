package productimporter.products;

import java.math.BigDecimal;
import java.time.Instant;

import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.BindParam;

/**
 * Which products to list; {@code null} leaves a condition out.
 *
 * @param sku part of the SKU, in any case; name and description likewise
 * @param updatedSince this moment or later
 */
public record ProductFilter(@Pattern(regexp = NO_NUL, message = NUL) @Nullable String sku,
		@Pattern(regexp = NO_NUL, message = NUL) @Nullable String name,
		@Pattern(regexp = NO_NUL, message = NUL) @Nullable String description, @Nullable Boolean active,
		@BindParam("price_min") @Digits(integer = PRICE_WHOLE_DIGITS, fraction = PRICE_DECIMALS,
				message = NO_PRICE) @Nullable BigDecimal priceMin,
		@BindParam("price_max") @Digits(integer = PRICE_WHOLE_DIGITS, fraction = PRICE_DECIMALS,
				message = NO_PRICE) @Nullable BigDecimal priceMax,
		@BindParam("updated_since") @Nullable Instant updatedSince) {

	/**
	 * All products.
	 */
	public static final ProductFilter NONE = new ProductFilter(null, null, null, null, null, null, null);

	private static final String NO_NUL = "(?s)[^\\x00]*";

	private static final String NUL = "must not hold the character U+0000";

	/** Of a price to compare with. */
	public static final int PRICE_WHOLE_DIGITS = 12;

	/** Of a price to compare with. */
	public static final int PRICE_DECIMALS = 4;

	/** What is said of a price that can't be compared with. */
	public static final String NO_PRICE = "must be a price, such as 1234.50";

	boolean isNone() {
		return equals(NONE);
	}

}
