package productimporter.uploads;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import org.jspecify.annotations.Nullable;
import productimporter.uploads.CsvRecordReader.Defect;

/**
 * The header record as one delimiter reads it.
 *
 * @param delimiter the delimiter
 * @param names the names of the columns, trimmed
 * @param line the line on which the header begins, from 1
 */
record CsvHeader(char delimiter, List<String> names, long line) {

	/** The longest header, in bytes. */
	static final int MAX_BYTES = 1024 * 1024;

	private static final int MAX_COLUMNS = 1000;

	/**
	 * Read the header: the first record that isn't blank.
	 * @param start the first {@link #MAX_BYTES} bytes of the text or, if it is shorter,
	 * all of it
	 * @param firstByte the offset of the text in the file
	 * @return {@code null} if there is nothing but white space
	 * @throws UnreadableFile if the header isn't text, or has no end
	 */
	static @Nullable CsvHeader read(byte[] start, Charset charset, char delimiter, char quote, long firstByte)
			throws IOException {
		try (CsvRecordReader reader = new CsvRecordReader(new ByteArrayInputStream(start), charset, delimiter, quote,
				firstByte, 1)) {
			String text = firstText(reader);
			if (text == null) {
				return null;
			}
			if (text.chars().anyMatch(CsvHeader::isBinary)) {
				throw UnreadableFile.atLine("file_not_text", reader.lineNumber(),
						"The file isn't text: its first line contains control characters. Save it as \"CSV UTF-8\" and upload that.");
			}
			if (reader.endsWithFile() && start.length == MAX_BYTES) {
				throw tooLong(reader.lineNumber());
			}
			return new CsvHeader(delimiter, parse(text, reader, delimiter, quote), reader.lineNumber());
		}
	}

	private static @Nullable String firstText(CsvRecordReader reader) throws IOException {
		try {
			String text = reader.readLine();
			while (text != null && trim(text).isEmpty()) {
				text = reader.readLine();
			}
			return text;
		}
		catch (UnreadableFile ex) {
			throw UnreadableFile.atLine("file_not_text", ex.line(), "The header can't be read. " + ex.getMessage());
		}
	}

	private static List<String> parse(String text, CsvRecordReader reader, char delimiter, char quote) {
		if (reader.defect() != Defect.NONE) {
			return List.of(text);
		}
		try {
			List<String> names = CsvReader.builder()
				.fieldSeparator(delimiter)
				.quoteCharacter(quote)
				.ofSingleCsvRecord(text)
				.getFields()
				.stream()
				.map(CsvHeader::trim)
				.toList();
			if (names.size() <= MAX_COLUMNS) {
				return names;
			}
		}
		catch (CsvParseException ex) {
			// a good record fails only at FastCSV's limits, which are above ours
		}
		throw tooLong(reader.lineNumber());
	}

	private static UnreadableFile tooLong(long line) {
		return UnreadableFile.atLine("header_too_long", line,
				"The header has more than %,d columns or is longer than 1 MiB. The first line names the columns, with a comma, semicolon, tab or | between them; remove those that aren't needed."
					.formatted(MAX_COLUMNS));
	}

	private static boolean isBinary(int c) {
		return Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r';
	}

	/** Without white space, no-break spaces and byte order marks around. */
	private static String trim(String text) {
		int from = 0;
		int to = text.length();
		while (from < to && isBlank(text.charAt(from))) {
			from++;
		}
		while (from < to && isBlank(text.charAt(to - 1))) {
			to--;
		}
		return text.substring(from, to);
	}

	private static boolean isBlank(char c) {
		return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
	}

}
