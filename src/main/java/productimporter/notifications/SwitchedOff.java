package productimporter.notifications;

import java.util.List;

import productimporter.webhooks.WebhookDisabled;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells the operators what the application has switched off by itself, in the transaction
 * that did so.
 */
@Component
class SwitchedOff {

	private final Mails mails;

	SwitchedOff(Mails mails) {
		this.mails = mails;
	}

	@EventListener
	void webhook(WebhookDisabled webhook) {
		this.mails.tellOperators(new Notice("The webhook " + RunMail.oneLine(webhook.name()) + " is switched off",
				List.of(webhook.reason(),
						"Its receiver is not called any more. What happens meanwhile is kept for 14 days.",
						"When the receiver is well again, switch the webhook on: what it missed can be sent then."),
				"/ui/webhooks/" + webhook.id()));
	}

}
