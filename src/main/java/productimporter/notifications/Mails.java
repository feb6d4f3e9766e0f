package productimporter.notifications;

import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import productimporter.imports.EndedRun;
import productimporter.imports.RunEndListener;
import productimporter.platform.Ids;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Writes mails into the table they wait in, in the transaction of what they tell: a mail
 * server that is down holds nothing up. Each recipient gets a mail of his own.
 */
@Component
class Mails implements RunEndListener {

	static final String RUN_ENDED = "run-ended";

	static final String NOTICE = "notice";

	private final MailServer server;

	private final MailTable table;

	private final MailScheduler scheduler;

	private final MailSettings settings;

	private final JsonMapper json;

	private final Clock clock;

	Mails(MailServer server, MailTable table, MailScheduler scheduler, MailSettings settings, JsonMapper json,
			Clock clock) {
		this.server = server;
		this.table = table;
		this.scheduler = scheduler;
		this.settings = settings;
		this.json = json;
		this.clock = clock;
	}

	@Override
	public void ended(EndedRun run) {
		Set<String> recipients = new LinkedHashSet<>(this.settings.operators());
		if (run.notifyAddress() != null) {
			recipients.add(run.notifyAddress());
		}
		queue(List.copyOf(recipients), RUN_ENDED, run);
	}

	/** Tells the operators. Call inside a transaction. */
	void tellOperators(Notice notice) {
		queue(this.settings.operators(), NOTICE, notice);
	}

	private void queue(List<String> recipients, String template, Object content) {
		if (!this.server.isConfigured()) {
			return;
		}
		for (String recipient : recipients) {
			UUID id = Ids.next();
			this.table
				.add(new Mail(id, recipient, template, this.json.writeValueAsString(content), this.clock.instant(), 0));
			this.scheduler.schedule(id);
		}
	}

}
