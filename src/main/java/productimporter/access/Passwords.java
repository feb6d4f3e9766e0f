package productimporter.access;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import productimporter.platform.FieldProblem;

/**
 * What a password must be: long enough, and not longer than bcrypt looks at.
 */
final class Passwords {

	/** In characters. */
	static final int SHORTEST = 12;

	/** In bytes of UTF-8. */
	static final int LONGEST = 72;

	/** What everybody tries first, among those that are long enough. */
	private static final List<String> COMMON = List.of("password1234", "123456789012", "qwertyuiop12",
			"passwordpassword", "administrator", "productimporter", "product-importer", "changemechangeme",
			"correcthorsebatterystaple");

	private Passwords() {
	}

	static boolean isTooLong(String password) {
		return password.getBytes(StandardCharsets.UTF_8).length > LONGEST;
	}

	/**
	 * What is wrong with a new password.
	 * @param field as the sender calls it
	 */
	static Optional<FieldProblem> problem(String field, String password) {
		if (password.codePointCount(0, password.length()) < SHORTEST) {
			return Optional
				.of(new FieldProblem(field, "password_short", "must have at least " + SHORTEST + " characters"));
		}
		if (isTooLong(password)) {
			return Optional.of(new FieldProblem(field, "password_long", "must have at most " + LONGEST + " bytes"));
		}
		if (COMMON.contains(password.toLowerCase(java.util.Locale.ROOT))
				|| password.codePoints().distinct().count() < 4) {
			return Optional.of(new FieldProblem(field, "password_common", "is too easy to guess"));
		}
		return Optional.empty();
	}

}
