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

	private UnreadableFile(String code, String message, @Nullable String column, long line) {
		super(message);
		this.code = code;
		this.message = message;
		this.column = column;
		this.line = line;
	}

	static UnreadableFile because(String code, String message) {
		return new UnreadableFile(code, message, null, 0);
	}

	static UnreadableFile ofColumn(String code, String column, String message) {
		return new UnreadableFile(code, message, column, 0);
	}

	static UnreadableFile atLine(String code, long line, String message) {
		return new UnreadableFile(code, message, null, line);
	}

	@Override
	public String getMessage() {
		return this.message;
	}

	/**
	 * What is wrong, for programs.
	 * @return one of {@code file_empty}, {@code file_not_text}, {@code header_missing},
	 * {@code header_too_long}, {@code columns_missing}, {@code column_twice},
	 * {@code no_rows}, {@code bytes_undecodable}
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
	 * The line to blame.
	 * @return line number, starting from 1; 0 when no line is to blame
	 */
	public long line() {
		return this.line;
	}

}
