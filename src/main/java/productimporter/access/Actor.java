package productimporter.access;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Who sends a request.
 *
 * @param name a user's, or {@code token:} and a token's
 * @param via {@code session}, {@code basic}, {@code token}, {@code local}, {@code none}
 * or {@code system}
 * @param role {@code null}: none
 * @param address of the sender, or {@code null}
 */
record Actor(String name, String via, @Nullable Role role, @Nullable String address) {

	static final String LOCAL = "local";

	private static final Actor SYSTEM = new Actor("system", "system", null, null);

	/** Of the request that this thread works for. */
	static Actor present(AccessMode mode) {
		return (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)
				? of(attributes.getRequest(), mode) : SYSTEM;
	}

	static Actor of(HttpServletRequest request, AccessMode mode) {
		if (mode == AccessMode.LOCAL) {
			return new Actor(LOCAL, LOCAL, Role.ADMIN, request.getRemoteAddr());
		}
		Authentication user = SecurityContextHolder.getContext().getAuthentication();
		if (user == null || user instanceof AnonymousAuthenticationToken || !user.isAuthenticated()) {
			return new Actor("anonymous", "none", null, request.getRemoteAddr());
		}
		return new Actor(user.getName(), via(user, request), role(user), request.getRemoteAddr());
	}

	static @Nullable Role role(Authentication user) {
		Role highest = null;
		for (GrantedAuthority authority : user.getAuthorities()) {
			String name = authority.getAuthority();
			Role role = (name != null) ? Role.ofAuthority(name).orElse(null) : null;
			if (role != null && (highest == null || role.may(highest))) {
				highest = role;
			}
		}
		return highest;
	}

	private static String via(Authentication user, HttpServletRequest request) {
		if (user instanceof TokenAuthentication) {
			return "token";
		}
		return Credentials.isBasic(request) ? "basic" : "session";
	}

}
