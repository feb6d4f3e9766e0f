package productimporter.webhooks;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How the products of an import are sent to a webhook.
 */
enum Mode {

	/** Up to 500 products a message. */
	BATCHED("Up to 500 products a message"),

	/** A message for each product. */
	INDIVIDUAL("A message for each product"),

	/** No messages about single products. */
	SUMMARY("No messages about single products");

	private final String words;

	Mode(String words) {
		this.words = words;
	}

	public String code() {
		return name().toLowerCase(Locale.ROOT);
	}

	public String words() {
		return this.words;
	}

	static Optional<Mode> find(String code) {
		return Arrays.stream(values()).filter((mode) -> mode.code().equals(code)).findFirst();
	}

	static Mode of(String code) {
		return find(code).orElseThrow();
	}

}
