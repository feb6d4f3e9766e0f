package productimporter.webhooks;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

import productimporter.platform.FieldProblem;
import productimporter.platform.RequestRefused;

/**
 * Reads a webhook from JSON; as a tree, so that every bad member can be named.
 */
@Component
class WebhookBody {

	private static final int MAX_BYTES = 64 * 1024;

	private static final Set<String> FIELDS = Set.of("name", "url", "event_types", "event_type", "mode", "enabled");

	private final JsonMapper json = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxDocumentLength(MAX_BYTES).build())
			.build())
		.enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private final WebhookRules rules;

	WebhookBody(WebhookRules rules) {
		this.rules = rules;
	}

	/**
	 * A webhook as a whole.
	 * @param before how it is; {@code name}, {@code mode} and {@code enabled} stay so
	 * where they are absent
	 */
	Webhook.Fields read(InputStream body, @Nullable Webhook before) {
		JsonNode sent = tree(body);
		List<FieldProblem> problems = new ArrayList<>();
		for (String name : sent.propertyNames()) {
			if (!FIELDS.contains(name)) {
				problems.add(new FieldProblem(name, "field_unknown", "is not a known field, or can't be set"));
			}
		}
		String name = text(sent, "name", problems);
		String mode = text(sent, "mode", problems);
		boolean enabled = flag(sent, (before == null) || before.enabled(), problems);
		return this.rules.check((name == null && before != null) ? before.name() : name, text(sent, "url", problems),
				types(sent, problems),
				Objects.requireNonNullElse(mode, ((before != null) ? before.mode() : Mode.BATCHED).code()), enabled,
				problems);
	}

	private JsonNode tree(InputStream body) {
		try {
			JsonNode tree = this.json.readTree(body);
			if (tree.isObject()) {
				return tree;
			}
		}
		catch (StreamConstraintsException ex) {
			throw new RequestRefused(HttpStatus.CONTENT_TOO_LARGE, "body_too_large", "The body is larger than 64 KiB.",
					null);
		}
		catch (JacksonException ex) {
			// said below
		}
		throw new RequestRefused(HttpStatus.BAD_REQUEST, "body_malformed",
				"The body is no JSON object, or a member comes twice. Send one webhook as an object.", null);
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

	/** {@code event_types}, or one as {@code event_type}. */
	private static List<String> types(JsonNode sent, List<FieldProblem> problems) {
		List<String> types = new ArrayList<>();
		String one = text(sent, "event_type", problems);
		if (one != null) {
			types.add(one);
		}
		JsonNode several = sent.get("event_types");
		if (several == null || several.isNull()) {
			return types;
		}
		if (!several.isArray() || !several.values().stream().allMatch(JsonNode::isString)) {
			problems.add(new FieldProblem("event_types", "type_mismatch", "must be an array of texts"));
			return types;
		}
		several.values().forEach((type) -> types.add(type.stringValue()));
		if (one != null && !types.subList(1, types.size()).contains(one)) {
			problems.add(new FieldProblem("event_type", "event_type_ambiguous",
					"is not among event_types: send one of the two"));
		}
		return types;
	}

	private static boolean flag(JsonNode sent, boolean otherwise, List<FieldProblem> problems) {
		JsonNode value = sent.get("enabled");
		if (value != null && !value.isNull() && !value.isBoolean()) {
			problems.add(new FieldProblem("enabled", "type_mismatch", "must be true or false"));
		}
		return (value != null && value.isBoolean()) ? value.booleanValue() : otherwise;
	}

}
