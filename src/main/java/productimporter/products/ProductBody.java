package productimporter.products;

import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

import productimporter.platform.FieldProblem;
import productimporter.platform.RequestRefused;

/**
 * Reads a product from JSON. As a tree, because a bean could name only the first member
 * that doesn't fit, and can't tell {@code null} from absent.
 */
@Component
class ProductBody {

	/** Two texts of the greatest length, each character written as an escape. */
	private static final long MAX_BYTES = 16 * 1024 * 1024;

	private static final Set<String> MADE_HERE = Set.of("id", "created_at", "updated_at");

	private final JsonMapper json = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxDocumentLength(MAX_BYTES).build())
			.build())
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
				DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private final ProductRules rules;

	ProductBody(ProductRules rules) {
		this.rules = rules;
	}

	/** A product as a whole: what is absent is nothing, and it is active. */
	ProductFields whole(InputStream body) {
		JsonNode sent = read(body);
		return fields(sent, ProductFields.ALL, sent.has("active"));
	}

	/**
	 * A change: {@code null} takes a field's value away, what is absent stays (RFC 7396).
	 */
	ProductFields change(InputStream body) {
		JsonNode sent = read(body);
		Set<String> given = new HashSet<>(sent.propertyNames());
		given.retainAll(ProductFields.ALL);
		return fields(sent, given, true);
	}

	private ProductFields fields(JsonNode sent, Set<String> given, boolean activeGiven) {
		List<FieldProblem> problems = new ArrayList<>();
		for (String name : sent.propertyNames()) {
			if (MADE_HERE.contains(name)) {
				problems.add(new FieldProblem(name, "field_read_only", "can't be set: leave it out"));
			}
			else if (!ProductFields.ALL.contains(name)) {
				problems.add(new FieldProblem(name, "field_unknown", "is not a known field"));
			}
		}
		String sku = text(sent, "sku", problems);
		String name = text(sent, "name", problems);
		String description = text(sent, "description", problems);
		return this.rules.check(new ProductFields((sku != null) ? Sku.normalize(sku) : null, name,
				(description != null && !description.isEmpty()) ? description : null, price(sent, problems),
				activeGiven ? flag(sent, problems) : Boolean.TRUE, given), problems);
	}

	private JsonNode read(InputStream body) {
		try {
			JsonNode tree = this.json.readTree(body);
			if (tree.isObject()) {
				return tree;
			}
		}
		catch (StreamConstraintsException ex) {
			throw new RequestRefused(HttpStatus.CONTENT_TOO_LARGE, "body_too_large",
					"The body is larger than 16 MiB, or holds a number of more than 1,000 digits.", null);
		}
		catch (MismatchedInputException ex) {
			throw refused("A member of the body comes twice, or something follows the body. Send each member once.");
		}
		catch (JacksonException ex) {
			throw refused("The body is not valid JSON. Correct it and send it again.");
		}
		throw refused("The body is missing or is not a JSON object. Send one product as an object.");
	}

	private static RequestRefused refused(String detail) {
		return new RequestRefused(HttpStatus.BAD_REQUEST, "body_malformed", detail, null);
	}

	private static @Nullable String text(JsonNode sent, String name, List<FieldProblem> problems) {
		JsonNode value = sent.get(name);
		if (value == null || value.isNull()) {
			return null;
		}
		if (!value.isString()) {
			problems.add(new FieldProblem(name, "type_mismatch", "must be a text"));
			return null;
		}
		return value.stringValue();
	}

	private static @Nullable BigDecimal price(JsonNode sent, List<FieldProblem> problems) {
		JsonNode value = sent.get("price");
		if (value == null || value.isNull()) {
			return null;
		}
		if (value.isNumber()) {
			return value.decimalValue();
		}
		try {
			if (value.isString()) {
				return ProductRules.price(value.stringValue());
			}
		}
		catch (NumberFormatException ex) {
			// said below
		}
		problems.add(ProductRules.notANumber());
		return null;
	}

	private static @Nullable Boolean flag(JsonNode sent, List<FieldProblem> problems) {
		JsonNode value = sent.get("active");
		if (value == null || value.isBoolean()) {
			return (value != null) ? value.booleanValue() : null;
		}
		problems.add(new FieldProblem("active", "type_mismatch", "must be true or false"));
		return null;
	}

}
