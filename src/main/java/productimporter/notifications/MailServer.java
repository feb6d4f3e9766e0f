package productimporter.notifications;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/**
 * The mail server, if one is configured.
 */
@Component
class MailServer {

	private final @Nullable JavaMailSender sender;

	MailServer(ObjectProvider<JavaMailSender> sender, @Value("${spring.mail.host:}") String host) {
		this.sender = host.isBlank() ? null : sender.getIfAvailable();
	}

	boolean isConfigured() {
		return this.sender != null;
	}

	/**
	 * What sends mails.
	 * @throws IllegalStateException when none is configured
	 */
	JavaMailSender sender() {
		if (this.sender == null) {
			throw new IllegalStateException("No mail server is configured: set SPRING_MAIL_HOST");
		}
		return this.sender;
	}

}
