package productimporter.uploads;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;

import org.jspecify.annotations.Nullable;

/**
 * Reads whole CSV records (RFC 4180), for a FlatFileItemReader, which gets it from a
 * BufferedReaderFactory. Call {@link #readLine()} and {@link #close()} only. Not
 * thread-safe.
 * <p>
 * A cell is quoted when its first character is a quote. Its closing quote is followed by
 * a delimiter, a line end or the end of the file, and comes within 2 MiB; where it
 * doesn't, the record is refused at the line on which that quote opened and reading goes
 * on with the next line, so that one stray quote costs one row. All sizes are in
 * characters as {@link String#length()} counts them (UTF-16). Memory stays below 10 MiB,
 * 13 MiB while the buffer grows, whatever the file, and time is linear in its size.
 * <p>
 * The records are found by a splitter of our own, ugly for speed, because FastCSV gives
 * up at a stray quote and can't go on with the next line; the cells of a record are
 * parsed by FastCSV afterwards.
 */
public final class CsvRecordReader extends BufferedReader {

	/** The longest cell, without its quotes, doubled ones counted once. */
	static final int MAX_CELL = 1024 * 1024;

	private final DecodedChars chars;

	private final RecordSplitter records;

	private final char delimiter;

	private final char quote;

	private Defect defect = Defect.NONE;

	/**
	 * Read records.
	 * @param in positioned on {@code firstByte}, the first byte of a record
	 * @param charset a charset without state or byte order mark, so UTF-16LE or UTF-16BE
	 * instead of UTF-16
	 * @param delimiter what stands between two cells; no quote and no line end
	 * @param quote what a cell is quoted with; no line end
	 * @param firstByte offset in the file, from 0
	 * @param firstLine line number there, from 1
	 */
	public CsvRecordReader(InputStream in, Charset charset, char delimiter, char quote, long firstByte,
			long firstLine) {
		super(Reader.nullReader(), 1);
		this.chars = new DecodedChars(in, charset, firstByte, RecordSplitter.MAX_RECORD);
		this.records = new RecordSplitter(this.chars, delimiter, quote, firstLine);
		this.delimiter = delimiter;
		this.quote = quote;
	}

	/**
	 * Read the next record. Empty lines (no characters at all) are passed over.
	 * @return the record without its line end, line breaks within quotes kept; of a
	 * defective record ({@link #defect()}) at most its first 65,536 characters;
	 * {@code null} at the end
	 * @throws UnreadableFile {@code bytes_undecodable}, if the record contains bytes that
	 * are not in the charset
	 */
	@Override
	public @Nullable String readLine() throws IOException {
		if (!this.records.next()) {
			return null;
		}
		this.defect = findDefect();
		return this.records.text((this.defect == Defect.NONE) ? RecordSplitter.MAX_RECORD : RecordSplitter.MAX_HEAD);
	}

	private Defect findDefect() {
		long length = this.records.length();
		if (length > RecordSplitter.MAX_RECORD) {
			return Defect.TOO_LONG;
		}
		if (this.records.hasOpenQuote()) {
			return Defect.OPEN_QUOTE;
		}
		return (length > MAX_CELL && hasLongCell(this.records.text(RecordSplitter.MAX_RECORD))) ? Defect.CELL_TOO_LONG
				: Defect.NONE;
	}

	/** A record is well-formed here, so a quote within quotes closes or is doubled. */
	private boolean hasLongCell(String text) {
		int length = 0;
		boolean quoted = false;
		boolean cellStart = true;
		for (int i = 0; i < text.length() && length <= MAX_CELL; i++) {
			char c = text.charAt(i);
			if (quoted && c == this.quote) {
				quoted = i + 1 < text.length() && text.charAt(i + 1) == this.quote;
				i += quoted ? 1 : 0;
				length += quoted ? 1 : 0;
			}
			else if (cellStart && c == this.quote) {
				quoted = true;
			}
			else {
				length = (c != this.delimiter || quoted) ? length + 1 : 0;
			}
			cellStart = c == this.delimiter && !quoted;
		}
		return length > MAX_CELL;
	}

	/**
	 * The line on which the last record begins.
	 * @return a line number, from 1
	 */
	public long lineNumber() {
		return this.records.line();
	}

	/**
	 * The byte on which the last record begins. Costs some microseconds: ask for it once
	 * in some thousand records.
	 * @return an offset in the file, from 0
	 */
	public long byteOffset() {
		return this.records.byteOffset();
	}

	/**
	 * What is wrong with the last record.
	 * @return {@link Defect#NONE} for a good one
	 */
	public Defect defect() {
		return this.defect;
	}

	/** Whether the last record was ended by the end of the file, not by a line end. */
	boolean endsWithFile() {
		return this.records.endsWithFile();
	}

	@Override
	public void close() throws IOException {
		this.chars.close();
	}

	/** Why a record can't be used. */
	public enum Defect {

		/** Nothing is wrong. */
		NONE,

		/**
		 * A quoted cell isn't closed within 2 MiB or before the end of the file, or
		 * something else than a delimiter or a line end follows its closing quote.
		 */
		OPEN_QUOTE,

		/** The record is longer than 4 MiB. */
		TOO_LONG,

		/** A cell is longer than 1 MiB (1,048,576 characters, counted in UTF-16). */
		CELL_TOO_LONG

	}

}
