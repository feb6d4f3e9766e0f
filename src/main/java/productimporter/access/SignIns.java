package productimporter.access;

import java.io.IOException;
import java.util.Map;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.stereotype.Component;

import productimporter.platform.AuditLog;

/**
 * What follows when somebody has signed in by a page, has failed to, or has signed out.
 */
@Component
@InProtectedMode
class SignIns
		implements AuthenticationSuccessHandler, AuthenticationFailureHandler, LogoutHandler, LogoutSuccessHandler {

	/** A request attribute: why signing in has failed. */
	static final String FAILURE = SignIns.class.getName() + ".failure";

	private final Sessions sessions;

	private final KnownBrowsers browsers;

	private final AuditLog audit;

	private final int sessionsPerUser;

	SignIns(Sessions sessions, KnownBrowsers browsers, AuditLog audit, AccessSettings settings) {
		this.sessions = sessions;
		this.browsers = browsers;
		this.audit = audit;
		this.sessionsPerUser = settings.sessionsPerUser();
	}

	@Override
	public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication user) {
		HttpSession session = request.getSession(false);
		this.sessions.endOldest(user.getName(), this.sessionsPerUser, (session != null) ? session.getId() : null);
		this.browsers.remember(user.getName(), request, response);
		this.audit.record("login", user.getName(), (user instanceof OAuth2AuthenticationToken token)
				? Map.of("provider", token.getAuthorizedClientRegistrationId()) : Map.of());
		SignInFirst.redirect(response, SignInFirst.next(request.getParameter("next")));
	}

	/** The page again, saying why. */
	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException why) throws IOException, ServletException {
		request.setAttribute(FAILURE, why);
		if (why instanceof OAuth2AuthenticationException failed && isAskedFor(request, failed)) {
			String path = request.getRequestURI();
			this.audit.record("login.failed", null, Map.of("provider", path.substring(path.lastIndexOf('/') + 1),
					"error", String.valueOf(failed.getError().getErrorCode())));
		}
		request.getRequestDispatcher("/login").forward(request, response);
	}

	/** Whether this browser was on its way; what anybody sends unasked fills no audit. */
	private static boolean isAskedFor(HttpServletRequest request, OAuth2AuthenticationException failed) {
		return request.getSession(false) != null
				&& !"authorization_request_not_found".equals(failed.getError().getErrorCode());
	}

	@Override
	public void logout(HttpServletRequest request, HttpServletResponse response, @Nullable Authentication user) {
		if (user != null) {
			this.audit.record("logout", user.getName(), Map.of());
		}
	}

	@Override
	public void onLogoutSuccess(HttpServletRequest request, HttpServletResponse response,
			@Nullable Authentication user) {
		SignInFirst.redirect(response, "/login?out");
	}

}
