package productimporter.notifications;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import productimporter.imports.EndedRun;
import productimporter.imports.RefusedRow;
import productimporter.imports.RefusedRows;
import productimporter.imports.RunStatus;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.mail.MailPreparationException;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * Makes the message of a mail: text and HTML from the templates in
 * {@code ui/templates/mail}, and the file of refused rows when it is small.
 */
@Component
class MailMessages {

	private static final int ROWS_SHOWN = 10;

	private final MailServer server;

	private final MailSettings settings;

	private final RefusedRows refusedRows;

	private final ITemplateEngine templates;

	private final JsonMapper json;

	private final String publicUrl;

	MailMessages(MailServer server, MailSettings settings, RefusedRows refusedRows, ITemplateEngine templates,
			JsonMapper json, @Value("${importer.public-url}") String publicUrl) {
		this.server = server;
		this.settings = settings;
		this.refusedRows = refusedRows;
		this.templates = templates;
		this.json = json;
		this.publicUrl = publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
	}

	MimeMessage of(Mail mail) {
		MimeMessage message = this.server.sender().createMimeMessage();
		try {
			MimeMessageHelper body = new MimeMessageHelper(message, true, "UTF-8");
			body.setFrom(this.settings.from());
			body.setTo(mail.recipient());
			body.setSentDate(Date.from(mail.queuedAt()));
			// the same on every try; answered by nobody (RFC 3834)
			message.setHeader("Message-ID", "<" + mail.id() + "@product-importer>");
			message.setHeader("Auto-Submitted", "auto-generated");
			if (Mails.RUN_ENDED.equals(mail.template())) {
				runEnded(this.json.readValue(mail.content(), EndedRun.class), body);
			}
			else {
				Notice notice = this.json.readValue(mail.content(), Notice.class);
				body.setSubject(notice.subject());
				write(Mails.NOTICE, Map.of("notice", notice, "page", this.publicUrl + notice.path()), body);
			}
			return message;
		}
		catch (MessagingException ex) {
			throw new MailPreparationException("A mail could not be written", ex);
		}
	}

	private void runEnded(EndedRun run, MimeMessageHelper body) throws MessagingException {
		Optional<byte[]> file = (run.counts().rejected() > 0) ? refusedFile(run.id()) : Optional.empty();
		RunMail told = told(run);
		body.setSubject(told.subject());
		write(Mails.RUN_ENDED, model(run, told, file.isPresent()), body);
		if (file.isPresent()) {
			body.addAttachment("refused-rows-" + run.id() + ".csv", new ByteArrayResource(file.get()), "text/csv");
		}
	}

	/** The HTML of the mail about a run, without sending it. */
	String preview(EndedRun run) {
		return render(Mails.RUN_ENDED, model(run, told(run), false));
	}

	private RunMail told(EndedRun run) {
		// those of an attempt before may be there while none is counted
		boolean told = run.counts().rejected() > 0 || run.status() != RunStatus.COMPLETED;
		List<RefusedRow> first = told ? this.refusedRows.first(run.id(), ROWS_SHOWN) : List.of();
		return RunMail.of(run, first);
	}

	private Map<String, Object> model(EndedRun run, RunMail told, boolean attached) {
		Map<String, Object> model = new LinkedHashMap<>();
		model.put("run", told);
		model.put("page", this.publicUrl + "/ui/uploads/" + run.id());
		model.put("attached", attached);
		if (!told.refused().isEmpty()) {
			model.put("file", this.publicUrl + "/upload/errors/" + run.id());
		}
		return model;
	}

	private Optional<byte[]> refusedFile(UUID run) {
		try {
			return this.refusedRows.file(run, this.settings.attachUpTo());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void write(String template, Map<String, Object> model, MimeMessageHelper body) throws MessagingException {
		body.setText(render(template + ".txt", model), render(template, model));
	}

	private String render(String template, Map<String, Object> model) {
		return this.templates.process("mail/" + template, new Context(Locale.ENGLISH, model));
	}

}
