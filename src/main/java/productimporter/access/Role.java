package productimporter.access;

import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What a user may do. Each role may all that the one before it may.
 */
enum Role {

	/** Reads. */
	VIEWER,

	/** Imports and edits. */
	EDITOR,

	/** Deletes in bulk; webhooks, schedules, users, tokens. */
	ADMIN;

	private static final String AUTHORITY = "ROLE_";

	@JsonValue
	public String code() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** Of Spring Security. */
	String authority() {
		return AUTHORITY + name();
	}

	boolean may(Role needed) {
		return compareTo(needed) >= 0;
	}

	static Optional<Role> of(String code) {
		for (Role role : values()) {
			if (role.code().equals(code)) {
				return Optional.of(role);
			}
		}
		return Optional.empty();
	}

	static Optional<Role> ofAuthority(String authority) {
		return authority.startsWith(AUTHORITY) ? of(authority.substring(AUTHORITY.length()).toLowerCase(Locale.ROOT))
				: Optional.empty();
	}

}
