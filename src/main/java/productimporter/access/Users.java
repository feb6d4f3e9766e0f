package productimporter.access;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import productimporter.platform.AuditLog;
import productimporter.platform.FieldProblem;
import productimporter.platform.FieldsInvalid;
import productimporter.platform.Ids;
import productimporter.platform.RequestRefused;

/**
 * Users and their roles. A change of either ends the user's sessions, on every node;
 * there is always someone left who can manage users.
 */
@Component
@InProtectedMode
class Users implements SmartInitializingSingleton {

	static final FieldProblem UNKNOWN_ROLE = new FieldProblem("role", "role_unknown",
			"must be viewer, editor or admin");

	static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,63}");

	private static final String FIRST = "admin";

	private static final Logger log = LoggerFactory.getLogger(Users.class);

	private final UserTable table;

	private final Tokens tokens;

	private final Sessions sessions;

	private final PasswordEncoder encoder;

	private final AuditLog audit;

	private final Clock clock;

	private final String adminPassword;

	Users(UserTable table, Tokens tokens, Sessions sessions, PasswordEncoder encoder, AuditLog audit, Clock clock,
			@Value("${" + AccessMode.ADMIN_PASSWORD + "}") String adminPassword) {
		this.table = table;
		this.tokens = tokens;
		this.sessions = sessions;
		this.encoder = encoder;
		this.audit = audit;
		this.clock = clock;
		this.adminPassword = adminPassword;
	}

	/** Makes the first admin, before anybody is answered. */
	@Override
	public void afterSingletonsInstantiated() {
		if (this.table.all().stream().anyMatch((user) -> user.role() == Role.ADMIN)) {
			log.info("There is an admin already: ADMIN_PASSWORD is not looked at");
		}
		else if (this.table.insert(Ids.next(), FIRST, encode(this.adminPassword), Role.ADMIN, this.clock.instant())) {
			log.info("Made the user {} with the password in ADMIN_PASSWORD", FIRST);
		}
	}

	/** How a name is kept and compared. */
	static String normalize(@Nullable String name) {
		return (name != null) ? name.strip().toLowerCase(Locale.ROOT) : "";
	}

	/**
	 * Adds a user.
	 * @throws FieldsInvalid when it can't be so
	 */
	@Transactional
	UserTable.User create(@Nullable String name, @Nullable String password, @Nullable String role) {
		List<FieldProblem> problems = new ArrayList<>();
		String kept = normalize(name);
		if (!NAME.matcher(kept).matches()) {
			problems.add(new FieldProblem("name", "name_invalid",
					"must have 1 to 64 of: letters a to z, digits, and . _ @ + - behind the first"));
		}
		Passwords.problem("password", (password != null) ? password : "").ifPresent(problems::add);
		Optional<Role> known = Role.of((role != null) ? role : "");
		if (known.isEmpty()) {
			problems.add(UNKNOWN_ROLE);
		}
		if (!problems.isEmpty() || password == null) {
			throw new FieldsInvalid(problems);
		}
		UUID id = Ids.next();
		if (!this.table.insert(id, kept, encode(password), known.orElseThrow(), this.clock.instant())) {
			throw new RequestRefused(HttpStatus.CONFLICT, "name_taken", "There is a user of this name already.",
					"name");
		}
		this.audit.record("user.create", kept, Map.of("role", known.orElseThrow().code()));
		return get(id);
	}

	/**
	 * Changes what is given.
	 * @throws RequestRefused when nobody would be left who can manage users
	 */
	@Transactional
	UserTable.User change(UUID id, @Nullable String role, @Nullable Boolean enabled, @Nullable String password) {
		UserTable.User user = get(id);
		Role newRole = (role != null) ? Role.of(role).orElseThrow(() -> new FieldsInvalid(List.of(UNKNOWN_ROLE)))
				: user.role();
		boolean stays = (enabled != null) ? enabled : user.enabled();
		if (password != null) {
			setPassword(user.name(), password, "password");
		}
		if (newRole != user.role() || stays != user.enabled()) {
			if (newRole != Role.ADMIN || !stays) {
				keepAnAdmin(id);
				this.tokens.revokeOf(user.name());
			}
			this.table.update(id, newRole, stays);
			this.audit.record("user.change", user.name(), Map.of("role", newRole.code(), "enabled", stays));
		}
		this.sessions.endAll(user.name());
		return get(id);
	}

	/** Takes a user away, with the sessions and the tokens that the user has made. */
	@Transactional
	void delete(UUID id) {
		UserTable.User user = get(id);
		keepAnAdmin(id);
		this.table.delete(id);
		int revoked = this.tokens.revokeOf(user.name());
		this.audit.record("user.delete", user.name(), Map.of("tokens_revoked", revoked));
		this.sessions.endAll(user.name());
	}

	/**
	 * Changes the own password; the other sessions of the user end.
	 * @return the user, to be kept in the session that stays
	 * @throws FieldsInvalid when the present one is wrong or the new one won't do
	 */
	@Transactional
	AccessUser changeOwn(String name, @Nullable String present, @Nullable String password, @Nullable String session) {
		AccessUser user = this.table.forLogin(name)
			.orElseThrow(() -> new RequestRefused(HttpStatus.CONFLICT, "no_password",
					"You are not signed in with a password of this application.", null));
		if (present == null || Passwords.isTooLong(present) || !this.encoder.matches(present, user.getPassword())) {
			throw new FieldsInvalid(List.of(new FieldProblem("present", "password_wrong", "is not your password")));
		}
		setPassword(name, (password != null) ? password : "", "password");
		this.sessions.endOthers(name, session);
		AccessUser changed = this.table.forLogin(name).orElseThrow();
		changed.eraseCredentials();
		return changed;
	}

	private void setPassword(String name, String password, String field) {
		Passwords.problem(field, password).ifPresent((problem) -> {
			throw new FieldsInvalid(List.of(problem));
		});
		this.table.password(name, encode(password), this.clock.instant());
		this.audit.record("user.password", name, Map.of());
	}

	UserTable.User get(UUID id) {
		return this.table.find(id)
			.orElseThrow(
					() -> new RequestRefused(HttpStatus.NOT_FOUND, "user_unknown", "There is no such user.", null));
	}

	List<UserTable.User> all() {
		return this.table.all();
	}

	private void keepAnAdmin(UUID without) {
		List<UUID> admins = this.table.lockAdmins();
		if (admins.contains(without) && admins.size() == 1) {
			throw new RequestRefused(HttpStatus.CONFLICT, "last_admin",
					"This is the last admin who can sign in. Make another user an admin first.", null);
		}
	}

	private String encode(String password) {
		return String.valueOf(this.encoder.encode(password));
	}

}
