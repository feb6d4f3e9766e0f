package productimporter.schedules;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import productimporter.platform.FieldProblem;
import productimporter.platform.FieldsInvalid;
import productimporter.products.ProductFilter;

/**
 * A schedule as someone wants it.
 *
 * @param name for people
 * @param cron when, see {@link CronTimes}
 * @param timeZone in which, such as Europe/Berlin
 * @param enabled whether it starts by itself
 * @param filter which products go
 * @param notUpdatedForDays only those not updated for so many days when it starts;
 * {@code null} leaves the condition out
 * @param limit it deletes nothing if more match; {@code null} for no limit
 */
record ScheduleDraft(String name, String cron, String timeZone, boolean enabled, ProductFilter filter,
		@Nullable Integer notUpdatedForDays, @Nullable Long limit) {

	private static final int LONGEST_NAME = 100;

	private static final int MOST_DAYS = 36_500;

	ScheduleDraft {
		name = name.strip();
		cron = cron.strip();
		timeZone = timeZone.strip();
	}

	/**
	 * Check it.
	 * @param problems found before
	 * @throws FieldsInvalid when there are some
	 */
	ScheduleDraft check(List<FieldProblem> problems, Instant now) {
		List<FieldProblem> all = new ArrayList<>(problems);
		if (this.name.isBlank()) {
			all.add(new FieldProblem("name", "missing", "is missing: call it something"));
		}
		else if (this.name.codePointCount(0, this.name.length()) > LONGEST_NAME) {
			all.add(new FieldProblem("name", "too_long", "is too long: it may have up to 100 characters"));
		}
		else if (isUnstorable(this.name)) {
			all.add(new FieldProblem("name", "control_character",
					"holds a character that can't be shown or stored (a control character): remove it"));
		}
		String wrong = CronProblem.of(this.cron, now);
		if (wrong != null) {
			all.add(new FieldProblem("cron", this.cron.isEmpty() ? "missing" : "cron_invalid",
					this.cron.isEmpty() ? "is missing. For 3 o'clock every day: 0 0 3 * * *" : wrong));
		}
		if (!CronProblem.isZone(this.timeZone)) {
			all.add(new FieldProblem("time_zone", "time_zone_unknown",
					"is not known. Write it as Europe/Berlin or UTC"));
		}
		checkText(all, "sku", this.filter.sku());
		checkText(all, "name", this.filter.name());
		checkText(all, "description", this.filter.description());
		checkPrice(all, "price_min", this.filter.priceMin());
		checkPrice(all, "price_max", this.filter.priceMax());
		if (this.notUpdatedForDays != null && (this.notUpdatedForDays < 1 || this.notUpdatedForDays > MOST_DAYS)) {
			all.add(new FieldProblem("filter.not_updated_for_days", "out_of_range", "must be from 1 to 36500"));
		}
		if (this.limit != null && this.limit < 1) {
			all.add(new FieldProblem("limit", "out_of_range", "must be 1 or more"));
		}
		if (!all.isEmpty()) {
			throw new FieldsInvalid(all);
		}
		return this;
	}

	private static void checkText(List<FieldProblem> problems, String field, @Nullable String text) {
		if (text != null && (text.isEmpty() || text.indexOf('\0') >= 0)) {
			problems.add(new FieldProblem("filter." + field, text.isEmpty() ? "empty" : "control_character",
					text.isEmpty() ? "is empty. Give it a value or leave it out" : "must not hold U+0000"));
		}
	}

	/** As the list of products takes it. */
	private static void checkPrice(List<FieldProblem> problems, String field, @Nullable BigDecimal price) {
		if (price != null && (price.scale() > ProductFilter.PRICE_DECIMALS
				|| price.precision() - price.scale() > ProductFilter.PRICE_WHOLE_DIGITS)) {
			problems.add(new FieldProblem("filter." + field, "out_of_range", ProductFilter.NO_PRICE));
		}
	}

	private static boolean isUnstorable(String text) {
		return text.codePoints()
			.anyMatch((c) -> Character.getType(c) == Character.CONTROL || Character.getType(c) == Character.SURROGATE);
	}

}
