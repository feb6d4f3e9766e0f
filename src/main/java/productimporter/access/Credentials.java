package productimporter.access;

import java.util.Locale;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a program shows in {@code Authorization}. No page of another site can make a
 * browser send that header, so such requests need no CSRF token.
 */
final class Credentials {

	private static final String HEADER = "Authorization";

	private Credentials() {
	}

	static boolean areIn(HttpServletRequest request) {
		return areIn(request.getHeader(HEADER));
	}

	static boolean areIn(@Nullable String authorization) {
		return has(authorization, "basic ") || has(authorization, "bearer ");
	}

	static boolean isBasic(HttpServletRequest request) {
		return has(request.getHeader(HEADER), "basic ");
	}

	static Optional<String> token(HttpServletRequest request) {
		String authorization = request.getHeader(HEADER);
		return (authorization != null && has(authorization, "bearer "))
				? Optional.of(authorization.substring("bearer ".length()).strip()) : Optional.empty();
	}

	private static boolean has(@Nullable String authorization, String scheme) {
		return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(scheme);
	}

}
