package productimporter.products;

import java.util.Map;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an answer tells HTMX beside the markup: that something changed, and what to say.
 */
final class HtmxAnswer {

	private static final JsonMapper json = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	private HtmxAnswer() {
	}

	/**
	 * The list is fetched again, the form is left as it is.
	 * @param what a SKU, or {@code null}
	 * @return the view
	 */
	static String done(HttpServletResponse response, @Nullable String what, String words) {
		response.setHeader("HX-Reswap", "none");
		response.setHeader("HX-Trigger",
				json.writeValueAsString(Map.of("pi:changed", Map.of(), "pi:said", said(what, words))));
		return "fragments :: nothing";
	}

	static void say(HttpServletResponse response, @Nullable String what, String words) {
		response.setHeader("HX-Trigger", json.writeValueAsString(Map.of("pi:said", said(what, words))));
	}

	private static Map<String, String> said(@Nullable String what, String words) {
		return (what != null) ? Map.of("name", what, "words", words) : Map.of("words", words);
	}

}
