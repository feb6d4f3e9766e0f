package productimporter.products;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import productimporter.platform.FieldProblem;

/**
 * A product as a form shows it and sends it back: what someone wrote stays, also when it
 * is wrong.
 *
 * @param id {@code null} for a new product
 * @param version as it was when the form was opened
 */
record ProductForm(@Nullable UUID id, @Nullable Long version, @Nullable String sku, @Nullable String name,
		@Nullable String description, @Nullable String price, @Nullable Boolean active) {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

	static final ProductForm EMPTY = new ProductForm(null, null, null, null, null, null, true);

	static ProductForm of(Product product) {
		return new ProductForm(product.id(), product.version(), product.sku(), product.name(), product.description(),
				plain(product.price()), product.active());
	}

	ProductForm at(@Nullable UUID id, @Nullable Long version) {
		return new ProductForm(id, version, this.sku, this.name, this.description, this.price, this.active);
	}

	/**
	 * What was written, by the rules.
	 * @param given the fields that this form has
	 * @throws productimporter.platform.FieldsInvalid with what is wrong
	 */
	ProductFields fields(ProductRules rules, Set<String> given) {
		List<FieldProblem> problems = new ArrayList<>();
		BigDecimal number = null;
		try {
			number = ProductRules.price(Objects.requireNonNullElse(this.price, ""));
		}
		catch (NumberFormatException ex) {
			problems.add(ProductRules.notANumber());
		}
		String text = (this.description == null || this.description.isEmpty()) ? null : this.description;
		return rules.check(new ProductFields((this.sku != null) ? Sku.normalize(this.sku) : null, this.name, text,
				number, this.active, given), problems);
	}

	/** Messages by field, as a sentence goes on after the field's label. */
	static Map<String, String> errors(List<FieldProblem> problems) {
		Map<String, String> errors = new HashMap<>();
		problems.forEach((problem) -> errors.put(String.valueOf(problem.field()), problem.message()));
		return errors;
	}

	/** In what someone else's product is not as this form would have it. */
	Conflict conflict(Product theirs) {
		List<Difference> differences = new ArrayList<>();
		compare("SKU", (this.sku != null) ? Sku.normalize(this.sku) : theirs.sku(), theirs.sku(), differences);
		compare("Name", this.name, theirs.name(), differences);
		compare("Description", this.description, theirs.description(), differences);
		compare("Price", this.price, plain(theirs.price()), differences);
		compare("Active", Boolean.FALSE.equals(this.active) ? "no" : "yes", theirs.active() ? "yes" : "no",
				differences);
		return new Conflict(time(theirs.updatedAt()), differences);
	}

	private static void compare(String label, @Nullable String ours, @Nullable String theirs,
			List<Difference> differences) {
		String before = Objects.requireNonNullElse(theirs, "");
		if (!lines(Objects.requireNonNullElse(ours, "")).equals(lines(before))) {
			differences.add(new Difference(label,
					before.isEmpty() ? "(none)" : (before.length() > 200) ? before.substring(0, 200) + "…" : before));
		}
	}

	/** Whether a field of one line would spoil it. */
	private static boolean hasLines(@Nullable String text) {
		return text != null && (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0);
	}

	public boolean nameHasLines() {
		return hasLines(this.name);
	}

	public boolean descriptionHasLines() {
		return hasLines(this.description);
	}

	/** Browsers send line breaks as CR LF. */
	private static String lines(String text) {
		return text.replace("\r\n", "\n");
	}

	private static String time(Instant at) {
		return at.atZone(ZoneOffset.UTC).format(TIME);
	}

	private static @Nullable String plain(@Nullable BigDecimal price) {
		return (price != null) ? price.toPlainString() : null;
	}

	/**
	 * What someone else made of the product meanwhile.
	 *
	 * @param at time of day, in UTC
	 */
	record Conflict(String at, List<Difference> differences) {
	}

	/** A field and what it holds now. */
	record Difference(String label, String now) {
	}

}
