package productimporter.access;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * A program that has shown a token.
 */
final class TokenAuthentication extends AbstractAuthenticationToken {

	private static final long serialVersionUID = 1;

	private final String name;

	TokenAuthentication(String token, Role role) {
		super(List.of(new SimpleGrantedAuthority(role.authority())));
		this.name = name(token);
		setAuthenticated(true);
	}

	/** Not one that a user could have. */
	static String name(String token) {
		return "token:" + token;
	}

	@Override
	public @Nullable Object getCredentials() {
		return null;
	}

	@Override
	public Object getPrincipal() {
		return this.name;
	}

	@Override
	public String getName() {
		return this.name;
	}

}
