package productimporter.webhooks;

import java.util.UUID;

import org.springframework.http.HttpStatus;

import productimporter.platform.RequestRefused;

/**
 * There is no such webhook, or no longer.
 */
class WebhookNotFound extends RequestRefused {

	private WebhookNotFound(String detail) {
		super(HttpStatus.NOT_FOUND, "webhook_not_found", detail, null);
	}

	static WebhookNotFound of(UUID id) {
		return new WebhookNotFound("There is no webhook " + id + ". It may have been deleted meanwhile.");
	}

}
