package productimporter.imports;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What a job does. In JSON and in the database in lower case.
 */
enum JobKind {

	IMPORT("productImport", "import", "The import", "What was imported before stays in; nothing was done twice.",
			"the last saved row", "Upload the file again to import it anew."),

	BULK_DELETE("bulkDelete", "bulk delete", "The bulk delete", "What was deleted is gone; the rest is untouched.",
			"the last saved block", "Start another bulk delete.");

	private final String jobName;

	private final String words;

	private final String subject;

	private final String saved;

	private final String mark;

	private final String anew;

	JobKind(String jobName, String words, String subject, String saved, String mark, String anew) {
		this.jobName = jobName;
		this.words = words;
		this.subject = subject;
		this.saved = saved;
		this.mark = mark;
		this.anew = anew;
	}

	/** The name of its Spring Batch job. */
	String jobName() {
		return this.jobName;
	}

	/** As people call it, in lower case. */
	public String words() {
		return this.words;
	}

	/** As a sentence begins with it. */
	String subject() {
		return this.subject;
	}

	/** What an interruption means for the data. */
	String saved() {
		return this.saved;
	}

	/** Where a run that goes on begins. */
	String mark() {
		return this.mark;
	}

	/** What to do when a run can't go on. */
	String anew() {
		return this.anew;
	}

	@JsonValue
	String code() {
		return name().toLowerCase(Locale.ROOT);
	}

	static JobKind of(String code) {
		return valueOf(code.toUpperCase(Locale.ROOT));
	}

}
