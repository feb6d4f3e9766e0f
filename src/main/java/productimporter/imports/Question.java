package productimporter.imports;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

import productimporter.platform.RequestRefused;
import productimporter.uploads.UnreadableFile;

/**
 * What has to be said before a file can be imported.
 *
 * @param code for programs, such as {@code decimal_unclear}; {@code review} when nothing
 * is in doubt and somebody wants to look first
 * @param field the option that answers it, {@code null} when nothing is in doubt
 * @param guess a value that is likely, {@code null} when there is none
 * @param detail for people
 */
record Question(String code, @Nullable String field, @Nullable String guess, String detail) {

	static final Question REVIEW = new Question("review", null, null,
			"Somebody wants to look at the columns first. Nothing is written before.");

	/** It still has no answer. */
	RequestRefused open() {
		return new RequestRefused(HttpStatus.UNPROCESSABLE_CONTENT, this.code, this.detail, this.field);
	}

	static Question of(UnreadableFile problem) {
		return new Question(problem.code(), (problem.option() != null) ? problem.option() : "mapping", problem.guess(),
				problem.getMessage());
	}

}
