package productimporter.notifications;

import java.time.Clock;
import java.util.List;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import productimporter.platform.DashboardFigures.Figure;
import productimporter.platform.InWords;
import productimporter.platform.WaitingWork;

/**
 * Mails that wait, and why the last one could not be sent, on the operators' page.
 */
@Component
@Order(3)
class WaitingMails implements WaitingWork {

	private final MailTable table;

	private final MailServer server;

	private final MailSettings settings;

	private final Clock clock;

	WaitingMails(MailTable table, MailServer server, MailSettings settings, Clock clock) {
		this.table = table;
		this.server = server;
		this.settings = settings;
		this.clock = clock;
	}

	@Override
	public Standing standing() {
		MailFigures now = this.table.figures();
		return new Standing("mails", "Mails",
				List.of(new Figure("Waiting", InWords.count(now.waiting())),
						new Figure("Oldest waits for", WaitingWork.age(now.waiting(), now.ageSeconds())),
						new Figure("Given up", InWords.count(now.givenUp()))),
				this.server.isConfigured()
						? "A mail is tried for " + InWords.about(this.settings.giveUpAfter().toSeconds())
								+ ", then given up."
						: "No mail server is configured (SPRING_MAIL_HOST), so none is written.",
				this.table.lastError().map(this::problem).orElse(null), null);
	}

	private Problem problem(MailError error) {
		String at = (error.at() != null) ? ", " + InWords.moment(error.at(), this.clock.instant()) + " UTC" : "";
		return new Problem("The last mail that failed" + at,
				error.givenUp() ? "It was given up: nobody gets it. The run that it tells of has a page all the same."
						: "It is tried again by itself. Look at the mail server and at SPRING_MAIL_*.",
				error.text());
	}

}
