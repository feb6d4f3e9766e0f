package productimporter.schedules;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.stereotype.Component;

import jakarta.servlet.http.HttpServletRequest;

import productimporter.platform.FieldProblem;
import productimporter.platform.FieldsInvalid;
import productimporter.products.ProductFilter;

/**
 * Reads a schedule from JSON. Strictly: a member that nobody knows, in the filter above
 * all, is refused and never passed over, which would delete more than was meant.
 */
@Component
class ScheduleBody {

	private final JsonMapper json = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
		.build();

	/**
	 * Read and check a schedule.
	 * @throws HttpMessageNotReadableException when it is no such JSON
	 * @throws FieldsInvalid when fields are wrong
	 */
	ScheduleDraft read(HttpServletRequest request, Instant now) throws IOException {
		Sent sent = parse(request);
		List<FieldProblem> problems = new ArrayList<>();
		Filter filter = sent.filter();
		if (filter == null) {
			problems.add(new FieldProblem("filter", "missing", "is missing: send {} to delete all products"));
			filter = new Filter(null, null, null, null, null, null, null, null);
		}
		return new ScheduleDraft(Objects.requireNonNullElse(sent.name(), ""),
				Objects.requireNonNullElse(sent.cron(), ""), Objects.requireNonNullElse(sent.timeZone(), "UTC"),
				!Boolean.FALSE.equals(sent.enabled()), filter.products(), filter.notUpdatedForDays(), sent.limit())
			.check(problems, now);
	}

	private Sent parse(HttpServletRequest request) throws IOException {
		try (InputStream body = request.getInputStream()) {
			Sent sent = this.json.readValue(body, Sent.class);
			if (sent != null) {
				return sent;
			}
		}
		catch (JacksonException ex) {
			throw new HttpMessageNotReadableException("Not a schedule", ex, new ServletServerHttpRequest(request));
		}
		throw new HttpMessageNotReadableException("No schedule", new ServletServerHttpRequest(request));
	}

	/** A schedule as it is sent. */
	private record Sent(@Nullable String name, @Nullable String cron, @Nullable String timeZone,
			@Nullable Boolean enabled, @Nullable Filter filter, @Nullable Long limit) {
	}

	/** The filter as it is sent and answered. */
	record Filter(@Nullable String sku, @Nullable String name, @Nullable String description, @Nullable Boolean active,
			@Nullable BigDecimal priceMin, @Nullable BigDecimal priceMax, @Nullable Instant updatedSince,
			@Nullable Integer notUpdatedForDays) {

		static Filter of(ScheduleDraft schedule) {
			ProductFilter filter = schedule.filter();
			return new Filter(filter.sku(), filter.name(), filter.description(), filter.active(), filter.priceMin(),
					filter.priceMax(), filter.updatedSince(), schedule.notUpdatedForDays());
		}

		ProductFilter products() {
			return new ProductFilter(this.sku, this.name, this.description, this.active, this.priceMin, this.priceMax,
					this.updatedSince);
		}

	}

}
