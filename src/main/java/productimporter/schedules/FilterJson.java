package productimporter.schedules;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import productimporter.products.ProductFilter;

/**
 * A filter as it is stored: by the names of the list's parameters, only what holds
 * something back. A name that is not known is an error and never passed over, which would
 * delete more than was meant.
 */
@Component
class FilterJson {

	private final JsonMapper json = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	String write(ProductFilter filter) {
		return this.json.writeValueAsString(filter);
	}

	ProductFilter read(String text) {
		return this.json.readValue(text, ProductFilter.class);
	}

}
