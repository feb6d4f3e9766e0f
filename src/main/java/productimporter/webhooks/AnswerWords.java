package productimporter.webhooks;

import org.springframework.http.HttpStatus;

/**
 * Names of HTTP statuses.
 */
final class AnswerWords {

	private AnswerWords() {
	}

	/** Such as {@code 503 Service Unavailable}. */
	static String of(int status) {
		HttpStatus known = HttpStatus.resolve(status);
		return (known != null) ? status + " " + known.getReasonPhrase() : String.valueOf(status);
	}

}
