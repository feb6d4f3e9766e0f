package productimporter.platform;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Holds requests to what {@link StrictParameters} promises. Looks at the query string
 * alone: the fields of a form in the body are no query parameters.
 */
class StrictQueryParameters implements HandlerInterceptor {

	private final Map<HandlerMethod, Collection<String>> declared = new ConcurrentHashMap<>();

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		String query = request.getQueryString();
		if (query != null && request.getDispatcherType() == DispatcherType.REQUEST
				&& handler instanceof HandlerMethod method && isStrict(method)) {
			check(query, this.declared.computeIfAbsent(method, ParameterNames::declaredBy));
		}
		return true;
	}

	private static boolean isStrict(HandlerMethod method) {
		return method.hasMethodAnnotation(StrictParameters.class)
				|| AnnotatedElementUtils.hasAnnotation(method.getBeanType(), StrictParameters.class);
	}

	private static void check(String query, Collection<String> known) {
		Set<String> seen = new HashSet<>();
		for (String pair : StringUtils.tokenizeToStringArray(query, "&")) {
			int equals = pair.indexOf('=');
			String name = decode((equals < 0) ? pair : pair.substring(0, equals), pair);
			String value = (equals < 0) ? "" : decode(pair.substring(equals + 1), name);
			if (!known.contains(name)) {
				throw refused("parameter_unknown", name, "is not known here. " + inWords(known));
			}
			if (value.isBlank()) {
				throw refused("parameter_empty", name, "is empty. Give it a value or leave it out. " + inWords(known));
			}
			if (value.indexOf('\0') >= 0) {
				throw refused("parameter_malformed", name, "holds a NUL character. Leave it out.");
			}
			if (!seen.add(name)) {
				throw refused("parameter_repeated", name, "comes more than once. Send it once.");
			}
		}
	}

	private static String inWords(Collection<String> known) {
		return known.isEmpty() ? "No query parameters are known here." : "Known are: " + String.join(", ", known) + ".";
	}

	private static String decode(String text, String name) {
		try {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw refused("parameter_malformed", name,
					"holds a % that two hexadecimal digits don't follow. " + "Write a percent sign itself as %25.");
		}
	}

	private static RequestRefused refused(String code, String name, String what) {
		return new RequestRefused(HttpStatus.BAD_REQUEST, code, "The query parameter \"" + name + "\" " + what, name);
	}

}
