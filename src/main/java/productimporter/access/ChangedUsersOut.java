package productimporter.access;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a session whose user has got another role or password, or has been taken away: one
 * whose sign-in was under way meanwhile was not there yet when {@link Users} ended the
 * others.
 */
final class ChangedUsersOut extends OncePerRequestFilter {

	private final UserTable users;

	private final SecurityContextLogoutHandler end = new SecurityContextLogoutHandler();

	ChangedUsersOut(UserTable users) {
		this.users = users;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Authentication user = SecurityContextHolder.getContext().getAuthentication();
		if (user != null && user.getPrincipal() instanceof AccessUser signedIn && !this.users.isStill(signedIn)) {
			this.end.logout(request, response, user);
		}
		chain.doFilter(request, response);
	}

}
