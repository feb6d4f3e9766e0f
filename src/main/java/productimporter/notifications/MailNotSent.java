package productimporter.notifications;

import java.util.UUID;

/**
 * A mail could not be sent now. Says nothing of whom it is for.
 */
final class MailNotSent extends RuntimeException {

	MailNotSent(UUID id, Class<?> why) {
		super("Mail " + id + ": " + why.getSimpleName());
	}

	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

}
