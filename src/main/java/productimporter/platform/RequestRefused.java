package productimporter.platform;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A request that can't be done, said so that the person or program who sent it knows what
 * to change. Answered as {@code application/problem+json} (RFC 9457) with the further
 * members {@code code} and, where one is to blame, {@code field}.
 */
public class RequestRefused extends RuntimeException {

	private final HttpStatus status;

	private final String code;

	private final @Nullable String field;

	private final @Nullable Duration retryAfter;

	/**
	 * Refuse a request.
	 * @param status the answer's status
	 * @param code a short name for programs, in snake_case, for example
	 * {@code file_empty}
	 * @param detail for people: what is wrong and what to do
	 * @param field the field or parameter to blame, or {@code null}
	 */
	public RequestRefused(HttpStatus status, String code, String detail, @Nullable String field) {
		this(status, code, detail, field, null);
	}

	/**
	 * Refuse a request that may be sent again later.
	 * @param status the answer's status
	 * @param code a short name for programs
	 * @param detail for people: what is wrong and what to do
	 * @param field the field or parameter to blame, or {@code null}
	 * @param retryAfter when to try again, answered as {@code Retry-After} in whole
	 * seconds, or {@code null}
	 */
	public RequestRefused(HttpStatus status, String code, String detail, @Nullable String field,
			@Nullable Duration retryAfter) {
		super(detail);
		this.status = status;
		this.code = code;
		this.field = field;
		this.retryAfter = retryAfter;
	}

	public HttpStatus status() {
		return this.status;
	}

	public String code() {
		return this.code;
	}

	public @Nullable String field() {
		return this.field;
	}

	/**
	 * Further members of the answer.
	 * @return by name, empty when there are none
	 */
	public Map<String, Object> members() {
		return Map.of();
	}

	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

}
