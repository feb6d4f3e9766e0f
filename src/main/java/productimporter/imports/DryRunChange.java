package productimporter.imports;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A product that a dry run would have created or updated.
 *
 * @param created whether it is not there yet
 * @param fields those that would change, at least one
 */
record DryRunChange(String sku, boolean created, List<Field> fields) {

	/**
	 * A field that would change.
	 *
	 * @param field {@code name}, {@code description} or {@code price}
	 * @param before {@code null} when it is empty, or the product isn't there
	 * @param after {@code null} when it would be cleared
	 */
	record Field(String field, @Nullable String before, @Nullable String after) {
	}

	/** Which changes are shown. */
	enum Kind {

		ALL("All changes", "true"), CREATED("Creates", "created"), UPDATED("Updates", "NOT created"),
		PRICE_HALVED("Price falls by half or more", "price * 2 <= price_before AND price_before > 0");

		private final String words;

		private final String condition;

		Kind(String words, String condition) {
			this.words = words;
			this.condition = condition;
		}

		public String words() {
			return this.words;
		}

		/** The name that addresses use. */
		public String code() {
			return name().toLowerCase(Locale.ROOT);
		}

		static Optional<Kind> of(String code) {
			return Stream.of(values()).filter((kind) -> kind.code().equals(code)).findFirst();
		}

		String condition() {
			return this.condition;
		}

	}

}
