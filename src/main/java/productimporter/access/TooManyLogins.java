package productimporter.access;

import java.time.Duration;

import org.springframework.security.core.AuthenticationException;

/**
 * Too many wrong passwords; the last one was not even looked at.
 */
final class TooManyLogins extends AuthenticationException {

	private static final long serialVersionUID = 1;

	private final Duration wait;

	TooManyLogins(Duration wait) {
		super("Too many wrong passwords");
		this.wait = wait;
	}

	/** Until the next may be tried. */
	Duration retryAfter() {
		return this.wait;
	}

}
