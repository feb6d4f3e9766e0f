package productimporter.access;

import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.csrf.CsrfTokenRequestHandler;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;
import org.springframework.util.StringUtils;

/**
 * The CSRF token is in a cookie, so that anonymous visitors cost no session. Scripts of a
 * page send what they read there as a header; forms carry it in a field, differently in
 * each page (against BREACH).
 */
final class CsrfTokens implements CsrfTokenRequestHandler {

	static final String COOKIE = "XSRF-TOKEN";

	static final String HEADER = "X-XSRF-TOKEN";

	private final CsrfTokenRequestHandler inHeader = new CsrfTokenRequestAttributeHandler();

	private final CsrfTokenRequestHandler inForm = new XorCsrfTokenRequestAttributeHandler();

	static CookieCsrfTokenRepository repository() {
		CookieCsrfTokenRepository repository = CookieCsrfTokenRepository.withHttpOnlyFalse();
		repository.setCookieName(COOKIE);
		repository.setHeaderName(HEADER);
		repository.setCookieCustomizer((cookie) -> cookie.sameSite("Lax").path("/"));
		return repository;
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, Supplier<CsrfToken> token) {
		this.inForm.handle(request, response, token);
	}

	@Override
	public @Nullable String resolveCsrfTokenValue(HttpServletRequest request, CsrfToken token) {
		return (StringUtils.hasText(request.getHeader(token.getHeaderName())) ? this.inHeader : this.inForm)
			.resolveCsrfTokenValue(request, token);
	}

}
