package productimporter.notifications;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sends a mail, and decides what becomes of one that could not be sent. No connection to
 * the database is held while the mail server is talked to. A node that dies between
 * sending a mail and noting it sends it again, with the same Message-ID.
 */
@Component
class MailDelivery {

	private static final Logger log = LoggerFactory.getLogger(MailDelivery.class);

	private static final Duration KEEP_GIVEN_UP = Duration.ofDays(30);

	private static final int LONGEST_ERROR = 500;

	private final MailTable table;

	private final MailMessages messages;

	private final MailServer server;

	private final MailSettings settings;

	private final MeterRegistry registry;

	private final Clock clock;

	MailDelivery(MailTable table, MailMessages messages, MailServer server, MailSettings settings,
			MeterRegistry registry, Clock clock) {
		this.table = table;
		this.messages = messages;
		this.server = server;
		this.settings = settings;
		this.registry = registry;
		this.clock = clock;
		tries("sent");
		tries("failed");
	}

	void deliver(UUID id) {
		Mail mail = this.table.find(id).orElse(null);
		if (mail == null) {
			return;
		}
		Instant start = this.clock.instant();
		boolean sent = false;
		try {
			this.server.sender().send(this.messages.of(mail));
			sent = true;
		}
		catch (RuntimeException ex) {
			// the message may quote the recipient: it is kept with the mail, and not
			// logged
			this.table.failed(id, error(ex));
			throw new MailNotSent(id, ex.getClass());
		}
		finally {
			tries(sent ? "sent" : "failed").record(Duration.between(start, this.clock.instant()));
		}
		this.table.sent(id);
		log.info("Mail {}: sent", id);
	}

	/**
	 * What follows a try that failed.
	 * @return after what time to try again, empty when the mail is given up
	 */
	Optional<Duration> afterFailure(UUID id) {
		return this.table.find(id).flatMap((mail) -> {
			Duration delay = this.settings.retryDelay(Math.max(1, mail.tries()));
			Instant now = this.clock.instant();
			if (now.plus(delay).isAfter(mail.queuedAt().plus(this.settings.giveUpAfter()))) {
				this.table.giveUp(id, now);
				log.error("Mail {}: given up after {} tries", id, mail.tries());
				return Optional.empty();
			}
			return Optional.of(delay);
		});
	}

	@Scheduled(fixedDelayString = "1h", initialDelayString = "1h")
	void forgetGivenUp() {
		int forgotten = this.table.forgetGivenUp(this.clock.instant().minus(KEEP_GIVEN_UP));
		if (forgotten > 0) {
			log.info("Forgot {} mails that were given up long ago", forgotten);
		}
	}

	private Timer tries(String outcome) {
		return Timer.builder("importer.mail.delivery")
			.description("Tries to send a mail, by outcome")
			.tag("outcome", outcome)
			.register(this.registry);
	}

	private static String error(Throwable exception) {
		Throwable cause = exception;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		String error = cause.toString();
		return error.substring(0, Math.min(error.length(), LONGEST_ERROR));
	}

}
