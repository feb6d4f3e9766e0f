package productimporter.access;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

import productimporter.platform.RequestRefused;

/**
 * What is answered to who hasn't signed in, or may not: people are led to the page where
 * they sign in, programs get 401, 403 or 429 as a problem response.
 */
final class SignInFirst implements AuthenticationEntryPoint, AccessDeniedHandler {

	private final Refusals refusals;

	private final Audit audit;

	SignInFirst(Refusals refusals, Audit audit) {
		this.refusals = refusals;
		this.audit = audit;
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
			throws IOException, ServletException {
		if (why instanceof TooManyLogins tooMany) {
			this.refusals.answer(request, response, tooMany(tooMany));
			return;
		}
		if (isPage(request) && !Credentials.areIn(request)) {
			redirect(response, "/login" + next(request));
			return;
		}
		boolean shown = Credentials.areIn(request);
		response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Product Importer\"");
		if (request.getHeader("Sec-Fetch-Site") == null && request.getHeader("HX-Request") == null
				&& request.getHeader("Origin") == null) {
			// not to browsers, which would ask with a window of their own
			response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Product Importer\", charset=\"UTF-8\"");
		}
		this.refusals.answer(request, response, new RequestRefused(HttpStatus.UNAUTHORIZED,
				shown ? "credentials_wrong" : "not_signed_in",
				shown ? "What is in Authorization is not right: the name and password do not match, or the token is revoked or too old."
						: "Nobody is signed in here, or not any more. Sign in at /login, or send a token: Authorization: Bearer …",
				null));
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
			throws IOException, ServletException {
		if (why instanceof CsrfException) {
			this.refusals.answer(request, response, new RequestRefused(HttpStatus.FORBIDDEN, "csrf_token_missing",
					"The page that sent this is too old, or cookies are blocked: its CSRF token is missing or not the one expected. Nothing was done. Open the page again and repeat it.",
					null));
			return;
		}
		AccessRules.Rule rule = AccessRules.of(request).orElse(null);
		if (rule == null) {
			this.refusals.answer(request, response,
					new RequestRefused(HttpStatus.NOT_FOUND, "not_found", "There is nothing at this address.", null));
			return;
		}
		this.audit.refused(request, rule);
		Role needed = rule.role();
		this.refusals.answer(request, response,
				new RequestRefused(
						HttpStatus.FORBIDDEN, "not_allowed", "This needs the role "
								+ ((needed != null) ? needed.code() : "") + ". Nothing was done. Ask an administrator.",
						null));
	}

	static RequestRefused tooMany(TooManyLogins why) {
		return new RequestRefused(HttpStatus.TOO_MANY_REQUESTS, "too_many_logins",
				"Too many wrong passwords were sent from here. This one was not looked at.", null, why.retryAfter());
	}

	/** Without a host, whatever proxies stand between. */
	static void redirect(HttpServletResponse response, String path) {
		response.setStatus(HttpStatus.SEE_OTHER.value());
		response.setHeader(HttpHeaders.LOCATION, path);
	}

	private static boolean isPage(HttpServletRequest request) {
		String accept = request.getHeader(HttpHeaders.ACCEPT);
		return request.getMethod().equals("GET") && request.getHeader("HX-Request") == null && accept != null
				&& accept.contains("text/html");
	}

	private static String next(HttpServletRequest request) {
		String path = request.getRequestURI()
				+ ((request.getQueryString() != null) ? "?" + request.getQueryString() : "");
		return (path.equals("/") || path.length() > 1000) ? ""
				: "?next=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
	}

	/**
	 * Where to go after signing in.
	 * @param next as it came with the form; only a path of this application is taken
	 */
	static String next(@Nullable String next) {
		boolean ours = next != null && next.matches("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]{0,1000}")
				&& !next.startsWith("/login");
		return (ours && next != null) ? next : "/";
	}

}
