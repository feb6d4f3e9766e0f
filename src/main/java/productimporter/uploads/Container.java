package productimporter.uploads;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Files that hold another: told by their first bytes, never by their name.
 */
public enum Container {

	GZIP("gzip file"), ZIP("zip archive"), XLSX("workbook");

	private final String words;

	Container(String words) {
		this.words = words;
	}

	/** Its name in an API and in the database. */
	@JsonValue
	public String code() {
		return name().toLowerCase(Locale.ROOT);
	}

	static Container ofCode(String code) {
		return valueOf(code.toUpperCase(Locale.ROOT));
	}

	String words() {
		return this.words;
	}

}
