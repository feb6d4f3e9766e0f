package productimporter.imports;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

import productimporter.platform.RequestRefused;
import productimporter.uploads.UnreadableFile;

/**
 * When an import waits for somebody to look at its file: the option {@code review} of an
 * upload. What can be answered by one value that the file leaves open is always asked.
 */
enum Review {

	/** A file whose columns can't be told is refused. */
	NEVER,

	/** A file whose columns can't be told is asked about. */
	IF_NEEDED,

	/** Even when nothing is in doubt. */
	ALWAYS;

	static final String OPTION = "review";

	private static final List<String> DOUBTS = List.of("encoding_unclear", "delimiter_unclear", "decimal_unclear");

	private static final List<String> COLUMNS = List.of("columns_missing", "column_twice", "header_missing",
			"mapping_missing", "column_unknown");

	static Review of(Map<String, String> fields) {
		return switch (fields.getOrDefault(OPTION, "never")) {
			case "never" -> NEVER;
			case "if_needed" -> IF_NEEDED;
			case "always" -> ALWAYS;
			default -> throw new RequestRefused(HttpStatus.UNPROCESSABLE_CONTENT, "option_invalid",
					"'review' is never, if_needed or always.", OPTION);
		};
	}

	static boolean isAboutColumns(@Nullable String code) {
		return code != null && COLUMNS.contains(code);
	}

	/** Whether the problem is a question, and no reason to refuse the file. */
	boolean asks(UnreadableFile problem) {
		return DOUBTS.contains(problem.code()) || (this != NEVER && COLUMNS.contains(problem.code()));
	}

}
