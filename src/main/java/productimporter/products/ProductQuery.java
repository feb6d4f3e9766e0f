package productimporter.products;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

import productimporter.platform.RequestRefused;

/**
 * The filters of a list as its form sends them: what is empty holds nothing back, what
 * can't be understood is refused.
 *
 * @param updatedSince a day in UTC, from its beginning, or a moment
 */
record ProductQuery(@Nullable String sku, @Nullable String name, @Nullable String description, @Nullable String active,
		@BindParam("price_min") @Nullable String priceMin, @BindParam("price_max") @Nullable String priceMax,
		@BindParam("updated_since") @Nullable String updatedSince, @Nullable String sort, @Nullable String after) {

	ProductQuery {
		after = StringUtils.hasText(after) ? after : null;
		sort = (StringUtils.hasText(sort) && !sort.equals("sku")) ? sort : null;
	}

	ProductOrder order() {
		return (this.sort != null) ? ProductOrder.of(this.sort) : ProductOrder.DEFAULT;
	}

	/** The same list from its beginning. */
	ProductQuery atStart() {
		return new ProductQuery(this.sku, this.name, this.description, this.active, this.priceMin, this.priceMax,
				this.updatedSince, this.sort, null);
	}

	/**
	 * As a condition.
	 * @throws RequestRefused when a field can't be understood
	 */
	ProductFilter filter() {
		return new ProductFilter(text(this.sku), text(this.name), text(this.description), activity(),
				price("price_min", this.priceMin), price("price_max", this.priceMax), moment());
	}

	/** The fields that hold something back, by the names that the form gives them. */
	Map<String, String> fields() {
		Map<String, String> fields = new LinkedHashMap<>();
		add(fields, "sku", this.sku);
		add(fields, "name", this.name);
		add(fields, "description", this.description);
		add(fields, "active", this.active);
		add(fields, "price_min", this.priceMin);
		add(fields, "price_max", this.priceMax);
		add(fields, "updated_since", this.updatedSince);
		return fields;
	}

	String address(@Nullable String sort, @Nullable String after) {
		return address("/ui/products", sort, after);
	}

	String address(String path, @Nullable String sort, @Nullable String after) {
		Map<String, String> parameters = fields();
		add(parameters, "sort", "sku".equals(sort) ? null : sort);
		add(parameters, "after", after);
		UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
		parameters.forEach((name, value) -> address.queryParam(name, UriUtils.encode(value, StandardCharsets.UTF_8)));
		return address.build().toUriString();
	}

	private @Nullable Boolean activity() {
		if (!StringUtils.hasText(this.active)) {
			return null;
		}
		return switch (this.active) {
			case "true" -> Boolean.TRUE;
			case "false" -> Boolean.FALSE;
			default -> throw refused("active", "must be true or false.");
		};
	}

	private static @Nullable BigDecimal price(String field, @Nullable String text) {
		if (!StringUtils.hasText(text)) {
			return null;
		}
		if (!text.strip().matches("\\d{1,10}([.]\\d{0,4})?")) {
			throw refused(field, "is not a price. Write it with digits and a decimal point, such as 1234.50.");
		}
		return new BigDecimal(text.strip());
	}

	private @Nullable Instant moment() {
		if (!StringUtils.hasText(this.updatedSince)) {
			return null;
		}
		try {
			return this.updatedSince.contains("T") ? Instant.parse(this.updatedSince)
					: LocalDate.parse(this.updatedSince).atStartOfDay(ZoneOffset.UTC).toInstant();
		}
		catch (DateTimeException ex) {
			throw refused("updated_since", "is not a day. Write it as 2026-01-31.");
		}
	}

	private static RequestRefused refused(String field, String what) {
		return new RequestRefused(HttpStatus.BAD_REQUEST, "type_mismatch", field + " " + what, field);
	}

	private static @Nullable String text(@Nullable String text) {
		return StringUtils.hasText(text) ? text.replace("\0", "") : null;
	}

	private static void add(Map<String, String> fields, String name, @Nullable String value) {
		if (StringUtils.hasText(value)) {
			fields.put(name, value);
		}
	}

}
