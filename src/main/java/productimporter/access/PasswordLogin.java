package productimporter.access;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import productimporter.platform.AuditLog;

/**
 * Looks at a name and a password, sent by the form or as HTTP Basic, unless too many were
 * wrong.
 */
final class PasswordLogin implements AuthenticationProvider {

	private final DaoAuthenticationProvider passwords;

	private final LoginThrottle throttle;

	private final KnownBrowsers browsers;

	private final AuditLog audit;

	PasswordLogin(UserTable users, PasswordEncoder encoder, LoginThrottle throttle, KnownBrowsers browsers,
			AuditLog audit) {
		this.passwords = new DaoAuthenticationProvider((name) -> users.forLogin(Users.normalize(name))
			.orElseThrow(() -> new UsernameNotFoundException("There is no such user")));
		this.passwords.setPasswordEncoder(encoder);
		this.throttle = throttle;
		this.browsers = browsers;
		this.audit = audit;
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
	}

	@Override
	public @Nullable Authentication authenticate(Authentication shown) {
		HttpServletRequest request = ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes())
			.getRequest();
		String name = Users.normalize(shown.getName());
		boolean known = this.browsers.isKnown(name, request);
		LoginThrottle.Attempt attempt = this.throttle.begin(name, request.getRemoteAddr(), known);
		try {
			Authentication user = this.passwords.authenticate(shown);
			this.throttle.succeeded(attempt);
			return user;
		}
		catch (InternalAuthenticationServiceException ex) {
			// the password was not looked at
			this.throttle.succeeded(attempt);
			throw ex;
		}
		catch (AuthenticationException ex) {
			// what is no name may be a password that went into the wrong field
			this.audit.record("login.failed", Users.NAME.matcher(name).matches() ? name : null, Map.of());
			throw ex;
		}
	}

}
