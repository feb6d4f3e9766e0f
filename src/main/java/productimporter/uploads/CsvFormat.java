package productimporter.uploads;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a file is to be read, found by looking into it.
 *
 * @param charset the encoding: that of its byte order mark, else UTF-8
 * @param delimiter what stands between two cells
 * @param header the names of the columns as the file spells them, trimmed
 * @param columns which of them are imported
 * @param firstByte where the first data record begins: offset in the file, from 0
 * @param firstLine line number there, from 1
 */
public record CsvFormat(Charset charset, char delimiter, List<String> header, ProductColumns columns, long firstByte,
		long firstLine) {

	/**
	 * The columns behind the original ones in a file of refused rows.
	 */
	public static final List<String> REFUSED_ROWS_COLUMNS = List.of("line", "column", "value", "code", "reason");

	/**
	 * The column by which a file says that cells that look like formulas have an
	 * apostrophe before them. An export has it.
	 */
	public static final String INERT_FORMULAS_COLUMN = "formulas_escaped";

	private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

	public CsvFormat {
		header = List.copyOf(header);
	}

	/**
	 * Whether cells that look like formulas have an apostrophe before them: this is an
	 * export, or a file of refused rows, that comes back.
	 */
	public boolean hasInertFormulas() {
		int columns = this.header.size();
		int own = columns - REFUSED_ROWS_COLUMNS.size();
		return this.header.contains(INERT_FORMULAS_COLUMN)
				|| (own > 0 && this.header.subList(own, columns).equals(REFUSED_ROWS_COLUMNS));
	}

	/**
	 * Look into a file: at its first 1 MiB and on to its first data record, no further.
	 * @param in positioned on the file's first byte; not closed
	 * @return how to read it
	 * @throws UnreadableFile if it can't be imported
	 * @throws IOException if the stream can't be read
	 */
	public static CsvFormat inspect(InputStream in) throws IOException {
		byte[] start = in.readNBytes(CsvHeader.MAX_BYTES);
		BinaryKind.refuse(start);
		ByteOrderMark mark = ByteOrderMark.of(start);
		byte[] text = Arrays.copyOfRange(start, mark.length(), start.length);
		if (mark.length() > 0) {
			text = join(text, in.readNBytes(mark.length()));
		}
		CsvHeader header = findHeader(text, mark);
		ProductColumns columns = ProductColumns.of(header.names());
		CsvRecordReader reader = new CsvRecordReader(new SequenceInputStream(new ByteArrayInputStream(text), in),
				mark.charset, header.delimiter(), mark.length(), 1);
		String line = reader.readLine();
		while (line != null && reader.lineNumber() <= header.line()) {
			line = reader.readLine();
		}
		if (line == null) {
			throw UnreadableFile.because("no_rows",
					"The file has a header but no rows below it. Upload a file with at least one product.");
		}
		return new CsvFormat(mark.charset, header.delimiter(), header.names(), columns, reader.byteOffset(),
				reader.lineNumber());
	}

	private static byte[] join(byte[] first, byte[] second) {
		byte[] both = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, both, first.length, second.length);
		return both;
	}

	private static CsvHeader findHeader(byte[] text, ByteOrderMark mark) throws IOException {
		List<CsvHeader> candidates = new ArrayList<>();
		for (char delimiter : DELIMITERS) {
			CsvHeader header = CsvHeader.read(text, mark.charset, delimiter, mark.length());
			if (header == null) {
				throw UnreadableFile.because("file_empty",
						"The file is empty. Upload a CSV file that names its columns in the first line.");
			}
			if (ProductColumns.missingFrom(header.names()).isEmpty()) {
				return header;
			}
			candidates.add(header);
		}
		throw refused(candidates.stream()
			.max(Comparator.<CsvHeader>comparingLong((header) -> ProductColumns.knownIn(header.names()))
				.thenComparingInt((header) -> header.names().size()))
			.orElseThrow());
	}

	private static UnreadableFile refused(CsvHeader header) {
		List<String> names = header.names();
		List<String> missing = ProductColumns.missingFrom(names);
		String found = names.stream().limit(20).map(CsvFormat::quoted).collect(Collectors.joining(", "));
		if (names.size() > 20) {
			found += ", … (%,d columns)".formatted(names.size());
		}
		if (ProductColumns.knownIn(names) == 0) {
			return UnreadableFile.ofColumn("header_missing", missing.get(0),
					"Line %,d doesn't name the columns: a header with sku and name (and description and price, if the file has them) is needed, with a comma, semicolon, tab or | between them. Found: %s."
						.formatted(header.line(), found));
		}
		return UnreadableFile.ofColumn("columns_missing", missing.get(0),
				"The header has no column named %s. Found: %s. Rename the column that holds it, or add one."
					.formatted(String.join(" and none named ", missing), found));
	}

	private static String quoted(String name) {
		return '"' + (name.length() > 80 ? name.substring(0, 79) + "…" : name) + '"';
	}

	/** A byte order mark and the encoding it stands for. */
	private enum ByteOrderMark {

		UTF_8(StandardCharsets.UTF_8, "\u00EF\u00BB\u00BF"), UTF_16LE(StandardCharsets.UTF_16LE, "\u00FF\u00FE"),
		UTF_16BE(StandardCharsets.UTF_16BE, "\u00FE\u00FF"), NONE(StandardCharsets.UTF_8, "");

		private final Charset charset;

		private final String mark;

		ByteOrderMark(Charset charset, String mark) {
			this.charset = charset;
			this.mark = mark;
		}

		int length() {
			return this.mark.length();
		}

		static ByteOrderMark of(byte[] start) {
			return Arrays.stream(values())
				.filter((candidate) -> BinaryKind.startsWith(start, candidate.mark))
				.findFirst()
				.orElse(NONE);
		}

	}

}
