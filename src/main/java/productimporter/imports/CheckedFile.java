package productimporter.imports;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import productimporter.uploads.CsvFormat;

/**
 * A file that was looked into: it can be imported, or something has to be said first.
 *
 * @param asked what is asked of the import
 * @param format how it is read, {@code null} when that is the question
 * @param question {@code null} when there is none
 * @param parent the run whose refused rows it corrects, {@code null} for any other file
 */
record CheckedFile(Map<String, String> asked, @Nullable CsvFormat format, @Nullable Question question,
		@Nullable UUID parent) {

	/** What is asked and what was found, so that each attempt reads the file alike. */
	Map<String, String> options() {
		Map<String, String> options = new TreeMap<>(this.asked);
		if (this.format != null && this.question == null) {
			options.putAll(this.format.options());
		}
		return options;
	}

}
