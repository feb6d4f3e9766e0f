package productimporter.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;

import org.springframework.stereotype.Component;

import productimporter.platform.SecretKey;

/**
 * The secrets of webhooks: 32 random bytes each, stored encrypted. Signs by Standard
 * Webhooks 1.0.
 */
@Component
class Secrets {

	/** How long both secrets sign after a rotation. */
	static final Duration OVERLAP = Duration.ofHours(24);

	private static final String PREFIX = "whsec_";

	private static final int BYTES = 32;

	private final SecureRandom random = new SecureRandom();

	private final SecretKey.Vault vault;

	private final WebhookTable table;

	private final Clock clock;

	Secrets(SecretKey key, WebhookTable table, Clock clock) {
		this.vault = key.vault("webhooks");
		this.table = table;
		this.clock = clock;
	}

	/** A new one, as its receiver is told it. */
	String make() {
		byte[] bytes = new byte[BYTES];
		this.random.nextBytes(bytes);
		return PREFIX + Base64.getEncoder().encodeToString(bytes);
	}

	byte[] encrypt(String secret) {
		return this.vault.encrypt(secret.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * What signs for a webhook now.
	 * @throws productimporter.platform.SecretUnreadable when SECRET_KEY is another one
	 * now
	 */
	Signer signer(UUID webhook) {
		return new Signer(this.table.secrets(webhook, this.clock.instant())
			.stream()
			.map((secret) -> new Webhook(new String(this.vault.decrypt(secret), StandardCharsets.UTF_8)))
			.toList());
	}

	/** Signs with each of a webhook's secrets. */
	record Signer(List<Webhook> secrets) {

		/**
		 * The headers of one try.
		 * @param messageId the same on every try
		 */
		Map<String, String> headers(UUID messageId, Instant now, String payload) {
			long seconds = now.getEpochSecond();
			String signature = this.secrets.stream()
				.map((secret) -> sign(secret, messageId, seconds, payload))
				.collect(Collectors.joining(" "));
			Map<String, String> headers = new LinkedHashMap<>();
			headers.put("webhook-id", messageId.toString());
			headers.put("webhook-timestamp", String.valueOf(seconds));
			headers.put("webhook-signature", signature);
			return headers;
		}

		private static String sign(Webhook secret, UUID messageId, long seconds, String payload) {
			try {
				return secret.sign(messageId.toString(), seconds, payload);
			}
			catch (WebhookSigningException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public String toString() {
			return "Signer";
		}

	}

}
