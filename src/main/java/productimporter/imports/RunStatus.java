package productimporter.imports;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where a run stands. In JSON and in the database in lower case.
 */
public enum RunStatus {

	QUEUED("Waiting"), NEEDS_INPUT("Waiting for your answer"), PARSING("Parsing CSV…"), VALIDATING("Validating…"),
	IMPORTING("Importing…"), DELETING("Deleting…"), COMPLETED("Completed"), FAILED("Failed"), STOPPING("Stopping…"),
	STOPPED("Stopped");

	private final String words;

	RunStatus(String words) {
		this.words = words;
	}

	/**
	 * The state as people read it.
	 * @return a word or two, in English
	 */
	public String words() {
		return this.words;
	}

	/**
	 * The state of a run that may be a dry run: it compares where an import writes.
	 */
	String words(boolean dryRun) {
		return (dryRun && this == IMPORTING) ? "Comparing…" : this.words;
	}

	/**
	 * Whether nothing more happens to the run by itself.
	 * @return whether this is {@code completed}, {@code failed} or {@code stopped}
	 */
	public boolean ended() {
		return this == COMPLETED || this == FAILED || this == STOPPED;
	}

	/**
	 * The state as in JSON.
	 * @return a word in snake_case
	 */
	@JsonValue
	public String code() {
		return name().toLowerCase(Locale.ROOT);
	}

	static RunStatus of(String code) {
		return valueOf(code.toUpperCase(Locale.ROOT));
	}

}
