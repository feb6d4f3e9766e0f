package productimporter.products;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which products a bulk delete takes.
 *
 * @param filter as of a list
 * @param updatedBefore only those not updated since this moment; {@code null} leaves the
 * condition out
 * @param limit it takes none if more than this match when it begins; {@code null} for no
 * limit
 */
public record ProductSelection(ProductFilter filter, @Nullable Instant updatedBefore, @Nullable Long limit) {

	private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ENGLISH);

	private static final JsonMapper json = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	/**
	 * Those that a list with this filter shows.
	 */
	public static ProductSelection of(ProductFilter filter) {
		return new ProductSelection(filter, null, null);
	}

	/**
	 * Whether so many are more than the limit.
	 */
	public boolean isTooMany(long matched) {
		return this.limit != null && matched > this.limit;
	}

	/**
	 * As people read it.
	 * @return for example: SKU contains “old-”, inactive only
	 */
	public String inWords() {
		List<String> words = inWords(this.filter);
		if (this.updatedBefore != null) {
			words.add("not updated since " + moment(this.updatedBefore));
		}
		String all = String.join(", ", words);
		return all.isEmpty() ? "All products" : all.substring(0, 1).toUpperCase(Locale.ROOT) + all.substring(1);
	}

	/**
	 * A filter as people read it.
	 * @return one condition each, the first letter small but in abbreviations
	 */
	public static List<String> inWords(ProductFilter filter) {
		List<String> words = new ArrayList<>();
		addText(words, "SKU", filter.sku());
		addText(words, "name", filter.name());
		addText(words, "description", filter.description());
		if (filter.active() != null) {
			words.add(filter.active() ? "active only" : "inactive only");
		}
		if (filter.priceMin() != null) {
			words.add("price from " + filter.priceMin().toPlainString());
		}
		if (filter.priceMax() != null) {
			words.add("price up to " + filter.priceMax().toPlainString());
		}
		if (filter.updatedSince() != null) {
			words.add("updated since " + moment(filter.updatedSince()));
		}
		return words;
	}

	private static void addText(List<String> words, String what, @Nullable String text) {
		if (text != null) {
			words.add(what + " contains “" + text + "”");
		}
	}

	private static String moment(Instant moment) {
		return MOMENT.format(moment.atOffset(ZoneOffset.UTC)) + " UTC";
	}

	String toJson() {
		return json.writeValueAsString(new Stored(this.filter.sku(), this.filter.name(), this.filter.description(),
				this.filter.active(), this.filter.priceMin(), this.filter.priceMax(), this.filter.updatedSince(),
				this.updatedBefore, this.limit));
	}

	/**
	 * Read what a job was queued with.
	 * @param text as {@link BulkDeletes} wrote it; a condition that is not known is an
	 * error
	 */
	public static ProductSelection parse(String text) {
		Stored read = json.readValue(text, Stored.class);
		return new ProductSelection(new ProductFilter(read.sku(), read.name(), read.description(), read.active(),
				read.priceMin(), read.priceMax(), read.updatedSince()), read.updatedBefore(), read.limit());
	}

	/** As it is stored and shown in JSON. */
	private record Stored(@Nullable String sku, @Nullable String name, @Nullable String description,
			@Nullable Boolean active, @Nullable BigDecimal priceMin, @Nullable BigDecimal priceMax,
			@Nullable Instant updatedSince, @Nullable Instant updatedBefore, @Nullable Long limit) {
	}

}
