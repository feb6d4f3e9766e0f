package productimporter.imports;

import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import productimporter.uploads.CsvFormat;

/**
 * A file that was looked into: it can be imported, or something has to be said first.
 *
 * @param asked what is asked of the import
 * @param format how it is read, {@code null} when that is the question
 * @param question {@code null} when there is none
 */
record CheckedFile(Map<String, String> asked, @Nullable CsvFormat format, @Nullable Question question) {

	/** What is asked and what was found, so that each attempt reads the file alike. */
	Map<String, String> options() {
		Map<String, String> options = new TreeMap<>(this.asked);
		if (this.format != null && this.question == null) {
			options.putAll(this.format.options());
		}
		return options;
	}

}
