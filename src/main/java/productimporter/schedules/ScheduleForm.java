package productimporter.schedules;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.BindParam;

import productimporter.platform.FieldProblem;
import productimporter.platform.InWords;
import productimporter.products.ProductFilter;

/**
 * A schedule as its form sends it: what is empty holds nothing back.
 *
 * @param id {@code null} for a new one
 */
record ScheduleForm(@Nullable UUID id, @Nullable String name, @Nullable String cron,
		@BindParam("time_zone") @Nullable String timeZone, @Nullable Boolean enabled, @Nullable String sku,
		@BindParam("product_name") @Nullable String productName, @Nullable String description, @Nullable String active,
		@BindParam("price_min") @Nullable String priceMin, @BindParam("price_max") @Nullable String priceMax,
		@BindParam("not_updated_for_days") @Nullable String notUpdatedForDays, @Nullable String limit) {

	/** An empty form: a safe limit, and off the hours in which people work. */
	static final ScheduleForm EMPTY = new ScheduleForm(null, "", "0 0 3 * * SUN", "UTC", true, "", "", "", "false", "",
			"", "90", "5,000");

	static ScheduleForm of(DeleteSchedule schedule) {
		ScheduleDraft is = schedule.wanted();
		ProductFilter filter = is.filter();
		return new ScheduleForm(schedule.id(), is.name(), is.cron(), is.timeZone(), is.enabled(), filter.sku(),
				filter.name(), filter.description(), text(filter.active()), text(filter.priceMin()),
				text(filter.priceMax()), text(is.notUpdatedForDays()),
				(is.limit() != null) ? InWords.count(is.limit()) : "");
	}

	ScheduleForm at(@Nullable UUID id) {
		return new ScheduleForm(id, this.name, this.cron, this.timeZone, this.enabled, this.sku, this.productName,
				this.description, this.active, this.priceMin, this.priceMax, this.notUpdatedForDays, this.limit);
	}

	/**
	 * As it is wanted.
	 * @param before the schedule that is changed: what the form doesn't show stays; or
	 * {@code null}
	 * @throws productimporter.platform.FieldsInvalid when fields are wrong
	 */
	ScheduleDraft draft(@Nullable ScheduleDraft before, Instant now) {
		List<FieldProblem> problems = new ArrayList<>();
		ProductFilter filter = new ProductFilter(given(this.sku), given(this.productName), given(this.description),
				activity(problems), price("price_min", this.priceMin, problems),
				price("price_max", this.priceMax, problems), (before != null) ? before.filter().updatedSince() : null);
		Long days = number("not_updated_for_days", this.notUpdatedForDays, problems);
		Long limit = number("limit", this.limit, problems);
		return new ScheduleDraft(orEmpty(this.name), orEmpty(this.cron), orEmpty(this.timeZone),
				!Boolean.FALSE.equals(this.enabled), filter,
				(days != null) ? (int) Math.min(days, Integer.MAX_VALUE) : null, limit)
			.check(problems, now);
	}

	/** What is wrong, by the name of the form's field. */
	static Map<String, String> errors(List<FieldProblem> problems) {
		Map<String, String> errors = new HashMap<>();
		for (FieldProblem problem : problems) {
			String field = String.valueOf(problem.field());
			errors.putIfAbsent(field.equals("filter.name") ? "product_name" : field.replace("filter.", ""),
					problem.message());
		}
		return errors;
	}

	private @Nullable Boolean activity(List<FieldProblem> problems) {
		String sent = orEmpty(this.active);
		if (!sent.isEmpty() && !sent.equals("true") && !sent.equals("false")) {
			problems.add(new FieldProblem("active", "type_mismatch", "must be true or false"));
		}
		return sent.isEmpty() ? null : Boolean.valueOf(sent);
	}

	private static @Nullable BigDecimal price(String field, @Nullable String text, List<FieldProblem> problems) {
		if (!StringUtils.hasText(text)) {
			return null;
		}
		if (text.strip().matches("\\d{1,10}([.]\\d{0,4})?")) {
			return new BigDecimal(text.strip());
		}
		problems.add(new FieldProblem(field, "type_mismatch", "is not a price: write it such as 1234.50"));
		return null;
	}

	private static @Nullable Long number(String field, @Nullable String text, List<FieldProblem> problems) {
		if (!StringUtils.hasText(text)) {
			return null;
		}
		String digits = text.replaceAll("[\\s,\u00a0\u202f]", "");
		if (digits.matches("\\d{1,15}")) {
			return Long.valueOf(digits);
		}
		problems.add(new FieldProblem(field, "type_mismatch", "is not a whole number"));
		return null;
	}

	private static @Nullable String given(@Nullable String text) {
		return StringUtils.hasText(text) ? text : null;
	}

	private static String orEmpty(@Nullable String text) {
		return (text != null) ? text.strip() : "";
	}

	private static String text(@Nullable Object value) {
		return (value instanceof BigDecimal number) ? number.toPlainString() : (value != null) ? value.toString() : "";
	}

}
