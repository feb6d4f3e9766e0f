package productimporter.access;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.CredentialsContainer;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * A signed-in user of the table {@code app_user}, kept in the session; the hash of the
 * password is gone from it once the password has been checked.
 */
final class AccessUser implements UserDetails, CredentialsContainer {

	private static final long serialVersionUID = 1;

	private final String name;

	private final Role role;

	private final boolean enabled;

	private @Nullable String passwordHash;

	/** {@code null} in sessions of earlier versions. */
	private final @Nullable Instant passwordChangedAt;

	AccessUser(String name, Role role, boolean enabled, String passwordHash, Instant passwordChangedAt) {
		this.name = name;
		this.role = role;
		this.enabled = enabled;
		this.passwordHash = passwordHash;
		this.passwordChangedAt = passwordChangedAt;
	}

	/** Whether what somebody signed in as is what the user is now. */
	boolean isStill(AccessUser now) {
		return now.enabled && now.role == this.role && Objects.equals(now.passwordChangedAt, this.passwordChangedAt);
	}

	@Override
	public String getUsername() {
		return this.name;
	}

	@Override
	public @Nullable String getPassword() {
		return this.passwordHash;
	}

	@Override
	public Collection<? extends GrantedAuthority> getAuthorities() {
		return List.of(new SimpleGrantedAuthority(this.role.authority()));
	}

	@Override
	public boolean isEnabled() {
		return this.enabled;
	}

	@Override
	public void eraseCredentials() {
		this.passwordHash = null;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof AccessUser user && user.name.equals(this.name);
	}

	@Override
	public int hashCode() {
		return this.name.hashCode();
	}

}
