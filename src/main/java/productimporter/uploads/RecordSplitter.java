package productimporter.uploads;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Finds where records begin and end in a window of characters. Ugly for speed: loops over
 * local copies of the fields, indexes that move with the window. Easy to get wrong: every
 * {@link #fill} moves {@link #start}, {@link #pos} and {@link #quote}; what is found must
 * never depend on where a block happens to end; and every character may be looked at a
 * bounded number of times only (going back to an open quote is one look more: the quotes
 * passed over until then are doubled and can't stay open themselves).
 */
final class RecordSplitter {

	/** How far a closing quote is looked for, in characters. */
	static final int MAX_QUOTED = 2 * 1024 * 1024;

	/** The longest record that is kept, in characters. */
	static final int MAX_RECORD = 4 * 1024 * 1024;

	/** How many of the first characters of a longer record are kept. */
	static final int MAX_HEAD = 64 * 1024;

	private final DecodedChars chars;

	private final char delimiter;

	private final char quoteCharacter;

	/** Where the record begins, in the buffer; negative once it was dropped from it. */
	private long start;

	/** The next character to look at. After a record it stands on its line end. */
	private int pos;

	/** Where the last quoted cell opened; it has meaning only while in that cell. */
	private int quote;

	/** The number of the line on which {@link #start} is. */
	private long line;

	/** Line breaks between {@link #start} and {@link #pos}. */
	private long breaks;

	/** The first characters of a record that was too long to keep, and where it began. */
	private @Nullable String head;

	private long headByte;

	private boolean openQuote;

	RecordSplitter(DecodedChars chars, char delimiter, char quote, long firstLine) {
		this.chars = chars;
		this.delimiter = delimiter;
		this.quoteCharacter = quote;
		this.line = firstLine;
	}

	/**
	 * Find the next record.
	 * @return {@code false} at the end of the file
	 * @throws UnreadableFile if the record contains undecodable bytes
	 */
	boolean next() throws IOException {
		if (!toNextRecord()) {
			return false;
		}
		this.openQuote = false;
		while (!this.openQuote && toQuotedCell()) {
			long breaksBefore = this.breaks;
			if (!overQuotedCell()) {
				this.openQuote = true;
				this.breaks = breaksBefore;
				this.pos = this.quote;
				toLineEnd();
			}
		}
		if (endsWithFile()) {
			this.chars.failIfUndecodable(this.line + this.breaks);
		}
		return true;
	}

	/**
	 * Pass over the line end of the last record and empty lines.
	 * @return {@code false} at the end of the file
	 */
	private boolean toNextRecord() throws IOException {
		this.line += this.breaks;
		this.breaks = 0;
		this.head = null;
		this.start = this.pos;
		do {
			char[] buffer = this.chars.buffer;
			int limit = this.chars.limit;
			for (int i = this.pos; i < limit; i++) {
				char c = buffer[i];
				if (c == '\r' || (c == '\n' && (i == 0 || buffer[i - 1] != '\r'))) {
					this.line++;
				}
				else if (c != '\n') {
					this.start = i;
					this.pos = i;
					return true;
				}
			}
			this.pos = limit;
			this.start = Math.max(0, limit - 1);
		}
		while (fill((int) this.start));
		this.start = this.pos;
		this.chars.failIfUndecodable(this.line);
		return false;
	}

	/**
	 * Go to the next quote that opens a cell.
	 * @return {@code false} when the record ends before
	 */
	private boolean toQuotedCell() throws IOException {
		do {
			char[] buffer = this.chars.buffer;
			int limit = this.chars.limit;
			char separator = this.delimiter;
			char opening = this.quoteCharacter;
			for (int i = this.pos; i < limit; i++) {
				char c = buffer[i];
				if (c == '\n' || c == '\r') {
					this.pos = i;
					return false;
				}
				if (c == opening && (i == this.start || buffer[i - 1] == separator)) {
					this.pos = i;
					return true;
				}
			}
			this.pos = limit;
		}
		while (fill(this.pos - 1));
		return false;
	}

	/**
	 * From an opening quote, go behind the quote that closes the cell.
	 * @return {@code false} when there is none
	 */
	private boolean overQuotedCell() throws IOException {
		this.quote = this.pos++;
		do {
			char[] buffer = this.chars.buffer;
			int limit = this.chars.limit;
			int i = this.pos;
			char closing = this.quoteCharacter;
			for (; i < limit; i++) {
				char c = buffer[i];
				if (c == closing) {
					if (i + 1 == limit) {
						break;
					}
					if (buffer[i + 1] != closing) {
						this.pos = i + 1;
						return endsCell(buffer[i + 1]) && i - this.quote - 1 <= MAX_QUOTED;
					}
					i++;
				}
				else if (c == '\r' || (c == '\n' && buffer[i - 1] != '\r')) {
					this.breaks++;
				}
			}
			this.pos = i;
		}
		while (this.pos - this.quote - 1 <= MAX_QUOTED && fill(this.quote));
		boolean onLastQuote = this.pos < this.chars.limit && this.pos - this.quote - 1 <= MAX_QUOTED;
		this.pos = this.chars.limit;
		return onLastQuote;
	}

	private boolean endsCell(char c) {
		return c == this.delimiter || c == '\n' || c == '\r';
	}

	private void toLineEnd() throws IOException {
		do {
			char[] buffer = this.chars.buffer;
			int limit = this.chars.limit;
			for (int i = this.pos; i < limit; i++) {
				if (buffer[i] == '\n' || buffer[i] == '\r') {
					this.pos = i;
					return;
				}
			}
			this.pos = limit;
		}
		while (fill(this.pos - 1));
	}

	/**
	 * Get more characters, keeping the record, or when it is too long only its head.
	 * @param from from where on the characters are needed even then
	 * @return {@code false} when there are no more
	 */
	private boolean fill(int from) throws IOException {
		if (this.head == null && this.chars.limit - this.start > MAX_RECORD) {
			this.headByte = byteOffset();
			this.head = cut(MAX_HEAD);
		}
		int kept = (this.head != null) ? from : (int) this.start;
		boolean more = this.chars.fill(kept);
		this.start -= kept;
		this.pos -= kept;
		this.quote -= kept;
		return more;
	}

	/** Whether the record was given up at a quote that isn't closed. */
	boolean hasOpenQuote() {
		return this.openQuote;
	}

	/** Whether the record was ended by the end of the file, not by a line end. */
	boolean endsWithFile() {
		return this.pos == this.chars.limit;
	}

	/** The record's length in characters. */
	long length() {
		return this.pos - this.start;
	}

	/**
	 * The text of the record.
	 * @param length how many characters at most; above {@link #MAX_HEAD} only of a record
	 * without an open quote and not longer than {@link #MAX_RECORD}
	 */
	String text(int length) {
		return (this.head != null) ? this.head : cut((int) Math.min(length, length()));
	}

	/** Not between the two halves of a surrogate pair. */
	private String cut(int length) {
		int last = (int) this.start + length - 1;
		boolean half = length == MAX_HEAD && Character.isHighSurrogate(this.chars.buffer[last]);
		return new String(this.chars.buffer, (int) this.start, half ? length - 1 : length);
	}

	/** The line on which the record begins, from 1. */
	long line() {
		return this.line;
	}

	/**
	 * The byte on which the record begins, from 0; behind the last record the file's end.
	 */
	long byteOffset() {
		return (this.head != null) ? this.headByte : this.chars.byteOffset((int) this.start);
	}

}
