package productimporter.uploads;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Files that hold another: told by their first bytes, never by their name.
 */
public enum Container {

	GZIP("gzip file"), ZIP("zip archive"), XLSX("workbook");

	/** How the text is written that is made of a workbook. */
	private static final Map<String, String> TEXT_OPTIONS = Map.of("encoding", "UTF-8", "delimiter", ",", "quote",
			"\"");

	private final String words;

	Container(String words) {
		this.words = words;
	}

	/** Its name in an API and in the database. */
	@JsonValue
	public String code() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Refuses options that say how text is written where there is none.
	 * @param fields of an upload; an empty one says nothing
	 */
	public void refuseTextOptions(Map<String, String> fields) {
		for (String option : TEXT_OPTIONS.keySet()) {
			if (this == XLSX && !fields.getOrDefault(option, "").isEmpty()) {
				throw ContainerRefusals.textOption(option);
			}
		}
	}

	/**
	 * What is said of a file, without what can't be said of this kind of file, such as by
	 * a profile that was made for a CSV file.
	 * @param fields of an upload
	 */
	public Map<String, String> settle(Map<String, String> fields) {
		if (this != XLSX) {
			return fields;
		}
		Map<String, String> settled = new TreeMap<>(fields);
		settled.putAll(TEXT_OPTIONS);
		return settled;
	}

	static Container ofCode(String code) {
		return valueOf(code.toUpperCase(Locale.ROOT));
	}

	String words() {
		return this.words;
	}

}
