package productimporter.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import productimporter.platform.AuditLog;
import productimporter.platform.FieldProblem;
import productimporter.platform.FieldsInvalid;
import productimporter.platform.Ids;
import productimporter.platform.RequestRefused;

/**
 * Tokens of programs. A token is 256 random bits, shown once; what is kept is their hash.
 */
@Component
@InProtectedMode
class Tokens {

	private static final String PREFIX = "pi_";

	private static final int LONGEST_NAME = 100;

	/** How exactly it is known when a token was last used. */
	private static final Duration USED_EVERY = Duration.ofMinutes(1);

	private final SecureRandom random = new SecureRandom();

	private final TokenTable table;

	private final AuditLog audit;

	private final Clock clock;

	Tokens(TokenTable table, AuditLog audit, Clock clock) {
		this.table = table;
		this.audit = audit;
		this.clock = clock;
	}

	/**
	 * Makes a token.
	 * @param days how long it is good for, or {@code null}: until it is revoked
	 * @throws FieldsInvalid when it can't be so
	 */
	@Transactional
	Made create(@Nullable String name, @Nullable String role, @Nullable Integer days, String createdBy) {
		List<FieldProblem> problems = new ArrayList<>();
		String cleaned = (name != null) ? name.strip() : "";
		if (cleaned.isEmpty() || cleaned.length() > LONGEST_NAME
				|| cleaned.codePoints().anyMatch(Character::isISOControl)) {
			problems.add(new FieldProblem("name", "name_invalid", "must have 1 to " + LONGEST_NAME + " characters"));
		}
		Optional<Role> known = Role.of((role != null) ? role : "");
		if (known.isEmpty()) {
			problems.add(Users.UNKNOWN_ROLE);
		}
		if (days != null && (days < 1 || days > 3650)) {
			problems.add(new FieldProblem("days", "days_invalid", "must be 1 to 3650"));
		}
		if (!problems.isEmpty()) {
			throw new FieldsInvalid(problems);
		}
		byte[] bits = new byte[32];
		this.random.nextBytes(bits);
		String shown = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
		Instant now = this.clock.instant();
		TokenTable.Token token = new TokenTable.Token(Ids.next(), cleaned, known.orElseThrow(), userBehind(createdBy),
				now, (days != null) ? now.plus(days, ChronoUnit.DAYS) : null, null);
		if (!this.table.insert(token, hash(shown))) {
			throw new RequestRefused(HttpStatus.CONFLICT, "name_taken",
					"There is a token of this name already. Choose another name, or revoke the old one first.", "name");
		}
		this.audit.record("token.create", token.name(), Map.of("role", token.role().code()));
		return new Made(token, shown);
	}

	/** Of a token that makes another, who has made it: with that user both go. */
	private String userBehind(String actor) {
		return named(actor).map(TokenTable.Token::createdBy).orElse(actor);
	}

	/** Ends a token at once, on every node. */
	@Transactional
	void revoke(UUID id) {
		TokenTable.Token token = this.table.find(id)
			.orElseThrow(
					() -> new RequestRefused(HttpStatus.NOT_FOUND, "token_unknown", "There is no such token.", null));
		this.table.delete(id);
		this.audit.record("token.revoke", token.name(), Map.of());
	}

	List<TokenTable.Token> all() {
		return this.table.all();
	}

	/** Ends those that someone has made who may do so no more. */
	int revokeOf(String createdBy) {
		return this.table.deleteOf(createdBy);
	}

	/** Whose token this is; empty when it is none, revoked or too old. */
	Optional<TokenAuthentication> authenticate(String shown) {
		if (!shown.startsWith(PREFIX) || shown.length() > 100) {
			return Optional.empty();
		}
		Instant now = this.clock.instant();
		Optional<TokenTable.Token> token = this.table.find(hash(shown), now);
		token.filter((found) -> found.lastUsedAt() == null || found.lastUsedAt().plus(USED_EVERY).isBefore(now))
			.ifPresent((found) -> this.table.used(found.id(), now));
		return token.map((found) -> new TokenAuthentication(found.name(), found.role()));
	}

	/**
	 * Whether a token is still there.
	 * @param name as {@link TokenAuthentication} has it
	 */
	boolean isGood(String name) {
		Instant now = this.clock.instant();
		return named(name).filter((token) -> token.expiresAt() == null || token.expiresAt().isAfter(now)).isPresent();
	}

	/** By the name that {@link TokenAuthentication} has; there is one of each. */
	private Optional<TokenTable.Token> named(String name) {
		return this.table.all()
			.stream()
			.filter((token) -> TokenAuthentication.name(token.name()).equals(name))
			.findFirst();
	}

	private static byte[] hash(String shown) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(shown.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A new token.
	 *
	 * @param shown what the program has to show; never to be seen again
	 */
	record Made(TokenTable.Token token, String shown) {
	}

}
