package productimporter.webhooks;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a webhook can be called for.
 */
enum EventType {

	PRODUCT_CREATED("product.created", "A product is new"),

	PRODUCT_UPDATED("product.updated", "A product's values changed"),

	PRODUCT_DELETED("product.deleted", "A product was deleted"),

	PRODUCT_BULK_DELETED("product.bulk_deleted", "A bulk delete ended, with its count"),

	UPLOAD_COMPLETED("upload.completed", "An import finished, with its counts"),

	UPLOAD_FAILED("upload.failed", "An import failed or was stopped, and why"),

	/** Sent when someone asks for it, whatever the webhook is called for. */
	WEBHOOK_TEST("webhook.test", "Someone pressed Test");

	/** Those that a webhook can be called for by itself. */
	static final List<EventType> CHOOSABLE = Arrays.stream(values()).filter((type) -> type != WEBHOOK_TEST).toList();

	private final String code;

	private final String words;

	EventType(String code, String words) {
		this.code = code;
		this.words = words;
	}

	/** As in JSON, for example {@code product.created}. */
	public String code() {
		return this.code;
	}

	public String words() {
		return this.words;
	}

	/** Whether its messages hold single products, so that a summary leaves them out. */
	boolean isOfProducts() {
		return this == PRODUCT_CREATED || this == PRODUCT_UPDATED || this == PRODUCT_DELETED;
	}

	static Optional<EventType> choosable(String code) {
		return CHOOSABLE.stream().filter((type) -> type.code.equals(code)).findFirst();
	}

	static EventType of(String code) {
		return Arrays.stream(values()).filter((type) -> type.code.equals(code)).findFirst().orElseThrow();
	}

}
