package productimporter.uploads;

import org.jspecify.annotations.Nullable;

/**
 * A file that can't be imported. The message tells a person what is wrong and what to do.
 */
public final class UnreadableFile extends RuntimeException {

	private final String code;

	private final String message;

	private final @Nullable String column;

	private final long line;

	private final @Nullable String option;

	private final @Nullable String guess;

	private UnreadableFile(String code, String message, @Nullable String column, long line, @Nullable String option,
			@Nullable String guess) {
		super(message);
		this.code = code;
		this.message = message;
		this.column = column;
		this.line = line;
		this.option = option;
		this.guess = guess;
	}

	static UnreadableFile because(String code, String message) {
		return new UnreadableFile(code, message, null, 0, null, null);
	}

	static UnreadableFile ofColumn(String code, String column, String message) {
		return new UnreadableFile(code, message, column, 0, null, null);
	}

	static UnreadableFile atLine(String code, long line, String message) {
		return new UnreadableFile(code, message, null, line, null, null);
	}

	/** An option is wrong, or needed. */
	static UnreadableFile ofOption(String code, String option, String message) {
		return new UnreadableFile(code, message, null, 0, option, null);
	}

	/** Something can't be told for certain, so it has to be said by an option. */
	static UnreadableFile doubt(String code, String option, @Nullable String guess, long line, String message) {
		return new UnreadableFile(code, message, null, line, option, guess);
	}

	@Override
	public String getMessage() {
		return this.message;
	}

	/**
	 * What is wrong, for programs.
	 * @return one of {@code file_empty}, {@code file_not_text}, {@code header_missing},
	 * {@code header_too_long}, {@code columns_missing}, {@code column_twice},
	 * {@code column_unknown}, {@code no_rows}, {@code bytes_undecodable},
	 * {@code mapping_missing}, {@code encoding_unclear}, {@code encoding_contradicted},
	 * {@code delimiter_unclear}, {@code decimal_unclear}
	 */
	public String code() {
		return this.code;
	}

	/**
	 * The field whose column is to blame.
	 * @return for example {@code sku}; of several the first; {@code null} when no column
	 * is to blame
	 */
	public @Nullable String column() {
		return this.column;
	}

	/**
	 * The option of an import by which the file can be read.
	 * @return for example {@code encoding}; {@code null} when none helps
	 */
	public @Nullable String option() {
		return this.option;
	}

	/**
	 * A value of the option that is likely, but not certain.
	 * @return {@code null} when there is none
	 */
	public @Nullable String guess() {
		return this.guess;
	}

	/**
	 * The line to blame.
	 * @return line number, starting from 1; 0 when no line is to blame
	 */
	public long line() {
		return this.line;
	}

}
