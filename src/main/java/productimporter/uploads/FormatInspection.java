package productimporter.uploads;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import org.jspecify.annotations.Nullable;

/**
 * Looks into a file: at its first 1 MiB and on to its first data record, no further.
 */
final class FormatInspection {

	private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

	private static final Comparator<Candidate> LIKELY = Comparator
		.<Candidate>comparingInt((candidate) -> candidate.columns().known())
		.thenComparingInt((candidate) -> candidate.names().size());

	/** How many prices the decimal mark is found by. */
	private static final int PRICES = 1_000;

	private final CsvOptions options;

	private final Charset charset;

	/** Bytes of the byte order mark. */
	private final int mark;

	/** The first bytes behind the mark. */
	private final byte[] text;

	private final InputStream rest;

	FormatInspection(InputStream in, CsvOptions options) throws IOException {
		this.options = options;
		byte[] start = in.readNBytes(CsvHeader.MAX_BYTES);
		BinaryKind.refuse(start);
		TextEncoding encoding = TextEncoding.of(start, start.length < CsvHeader.MAX_BYTES, options.encoding());
		this.charset = encoding.charset();
		this.mark = encoding.markLength();
		byte[] behind = Arrays.copyOfRange(start, this.mark, start.length);
		if (this.mark > 0) {
			byte[] more = in.readNBytes(this.mark);
			int length = behind.length;
			behind = Arrays.copyOf(behind, length + more.length);
			System.arraycopy(more, 0, behind, length, more.length);
		}
		this.text = behind;
		this.rest = in;
	}

	CsvFormat format() throws IOException {
		Candidate found = find();
		CsvHeader header = found.header();
		try (CsvRecordReader reader = reader(new SequenceInputStream(new ByteArrayInputStream(this.text), this.rest),
				header.delimiter())) {
			String line = reader.readLine();
			while (line != null && (this.options.header() ? reader.lineNumber() <= header.line()
					: reader.lineNumber() < header.line())) {
				line = reader.readLine();
			}
			if (line == null) {
				throw UnreadableFile.because("no_rows",
						"The file has a header but no rows below it. Upload a file with at least one product.");
			}
			return new CsvFormat(this.charset, header.delimiter(), this.options.quote(), this.options.header(),
					decimal(header, found.columns()), found.names(), found.columns(), reader.byteOffset(),
					reader.lineNumber());
		}
	}

	/** The file with a guess for everything that isn't certain. */
	FormatPreview preview() throws IOException {
		List<Candidate> candidates = new ArrayList<>();
		for (char delimiter : delimiters()) {
			CsvHeader header = CsvHeader.read(this.text, this.charset, delimiter, this.options.quote(), this.mark);
			if (header == null) {
				throw UnreadableFile.because("file_empty", "The file is empty.");
			}
			List<String> names = names(header);
			candidates.add(new Candidate(header, names, ProductColumns.guess(names, this.options.mapping())));
		}
		Candidate likely = candidates.stream().max(LIKELY).orElseThrow();
		Map<String, Integer> mapping = new LinkedHashMap<>();
		for (String field : ProductColumns.FIELDS) {
			if (likely.columns().of(field) >= 0) {
				mapping.put(field, likely.columns().of(field));
			}
		}
		return new FormatPreview(this.charset, likely.header().delimiter(), this.options.quote(), this.options.header(),
				likelyDecimal(likely), likely.names(), mapping, rows(likely));
	}

	/** The first id in the column for it. */
	@Nullable UUID refusedInRun() throws IOException {
		for (char delimiter : delimiters()) {
			CsvHeader header = CsvHeader.read(this.text, this.charset, delimiter, this.options.quote(), this.mark);
			int column = (header != null) ? header.names().indexOf(RefusedColumns.RUN) : -1;
			if (header != null && column >= 0) {
				List<String> names = names(header);
				Candidate candidate = new Candidate(header, names, ProductColumns.guess(names, Map.of()));
				return rows(candidate).stream()
					.map((row) -> RefusedColumns.run(row.cells().get(column)))
					.flatMap(Optional::stream)
					.findFirst()
					.orElse(null);
			}
		}
		return null;
	}

	private List<Character> delimiters() {
		return (this.options.delimiter() != null) ? List.of(this.options.delimiter()) : DELIMITERS;
	}

	private @Nullable Character likelyDecimal(Candidate candidate) throws IOException {
		try {
			return decimal(candidate.header(), candidate.columns());
		}
		catch (UnreadableFile ex) {
			return null;
		}
	}

	private List<FormatPreview.Row> rows(Candidate candidate) throws IOException {
		List<FormatPreview.Row> rows = new ArrayList<>();
		CsvReader.CsvReaderBuilder parser = parser(candidate.header());
		int columns = candidate.names().size();
		try (CsvRecordReader reader = reader(new ByteArrayInputStream(this.text), candidate.header().delimiter())) {
			String line = reader.readLine();
			while (line != null && rows.size() < FormatPreview.ROWS) {
				if (reader.lineNumber() > candidate.header().line()
						|| (!this.options.header() && reader.lineNumber() == candidate.header().line())) {
					List<String> cells = new ArrayList<>(cells(line, reader, parser));
					cells.addAll(Collections.nCopies(Math.max(0, columns - cells.size()), ""));
					rows.add(new FormatPreview.Row(reader.lineNumber(), List.copyOf(cells.subList(0, columns))));
				}
				line = reader.readLine();
			}
		}
		catch (UnreadableFile ex) {
			// shown as far as it can be read
		}
		return rows;
	}

	/** Of a record that can't be parsed, its text. */
	private static List<String> cells(String line, CsvRecordReader reader, CsvReader.CsvReaderBuilder parser) {
		if (reader.defect() != CsvRecordReader.Defect.NONE) {
			return List.of(line);
		}
		try {
			return parser.ofSingleCsvRecord(line).getFields();
		}
		catch (CsvParseException ex) {
			return List.of(line);
		}
	}

	private CsvReader.CsvReaderBuilder parser(CsvHeader header) {
		return CsvReader.builder().fieldSeparator(header.delimiter()).quoteCharacter(this.options.quote());
	}

	private List<String> names(CsvHeader header) {
		return this.options.header() ? header.names()
				: IntStream.rangeClosed(1, header.names().size()).mapToObj(Integer::toString).toList();
	}

	private CsvRecordReader reader(InputStream in, char delimiter) {
		return new CsvRecordReader(in, this.charset, delimiter, this.options.quote(), this.mark, 1);
	}

	private Candidate find() throws IOException {
		List<Candidate> candidates = new ArrayList<>();
		UnreadableFile problem = null;
		for (char delimiter : delimiters()) {
			CsvHeader header = CsvHeader.read(this.text, this.charset, delimiter, this.options.quote(), this.mark);
			if (header == null) {
				throw UnreadableFile.because("file_empty",
						"The file is empty. Upload a CSV file that names its columns in the first line.");
			}
			try {
				candidates.add(candidate(header));
			}
			catch (UnreadableFile ex) {
				// the delimiter that makes most of the columns knows best what is wrong
				problem = (problem == null || header.names().size() > 1) ? ex : problem;
			}
		}
		List<Candidate> complete = candidates.stream()
			.filter((candidate) -> candidate.columns().missing().isEmpty())
			.toList();
		if (complete.size() > 1 && !this.options.header()) {
			throw UnreadableFile.doubt("delimiter_unclear", "delimiter", null, complete.get(0).header().line(),
					"Without a header it can't be told whether the columns are separated by a %s or by a %s. Send the delimiter."
						.formatted(CsvOptions.name(complete.get(0).header().delimiter()),
								CsvOptions.name(complete.get(1).header().delimiter())));
		}
		if (!complete.isEmpty()) {
			return complete.get(0);
		}
		if (problem != null) {
			throw problem;
		}
		throw refused(candidates.stream().max(LIKELY).orElseThrow());
	}

	private Candidate candidate(CsvHeader header) {
		List<String> names = names(header);
		return new Candidate(header, names, ProductColumns.of(names, this.options.mapping()));
	}

	private UnreadableFile refused(Candidate candidate) {
		List<String> missing = candidate.columns().missing();
		String found = ProductColumns.listed(candidate.header().names());
		if (!this.options.header()) {
			return UnreadableFile.ofOption("mapping_missing", "mapping",
					"The file has no header, so a mapping has to say by number which column is which, such as {\"sku\": \"1\", \"name\": \"2\"}. The first row is: %s."
						.formatted(found));
		}
		if (candidate.columns().known() == 0) {
			return UnreadableFile.ofColumn("header_missing", missing.get(0),
					"Line %,d doesn't name the columns: a header with sku and name (and description and price, if the file has them) is needed, with a comma, semicolon, tab or | between them. Found: %s."
						.formatted(candidate.header().line(), found));
		}
		return UnreadableFile.ofColumn("columns_missing", missing.get(0),
				"The header has no column named %s. Found: %s. Rename the column that holds it, add one, or send a mapping, such as {\"%s\": \"…\"}."
					.formatted(String.join(" and none named ", missing), found, missing.get(0)));
	}

	private @Nullable Character decimal(CsvHeader header, ProductColumns columns) throws IOException {
		if (this.options.decimal() != null || columns.price() < 0) {
			return this.options.decimal();
		}
		DecimalMark mark = new DecimalMark();
		CsvReader.CsvReaderBuilder parser = parser(header);
		try (CsvRecordReader reader = reader(new ByteArrayInputStream(this.text), header.delimiter())) {
			String line = reader.readLine();
			for (int i = 0; line != null && i < PRICES; i++) {
				// the last record may go on behind the first MiB
				boolean whole = this.text.length < CsvHeader.MAX_BYTES || !reader.endsWithFile();
				if (whole && (reader.lineNumber() > header.line() || !this.options.header())) {
					addPrice(line, reader, parser, columns.price(), mark);
				}
				line = reader.readLine();
			}
		}
		catch (UnreadableFile ex) {
			// the end of the first MiB may be within a character; anything else is said
			// by validation
		}
		return mark.find();
	}

	private static void addPrice(String line, CsvRecordReader reader, CsvReader.CsvReaderBuilder parser, int price,
			DecimalMark mark) {
		if (reader.defect() != CsvRecordReader.Defect.NONE) {
			return;
		}
		try {
			List<String> cells = parser.ofSingleCsvRecord(line).getFields();
			if (price < cells.size()) {
				mark.add(cells.get(price));
			}
		}
		catch (CsvParseException ex) {
			// a problem of the row
		}
	}

	/** The file as one delimiter reads it. */
	private record Candidate(CsvHeader header, List<String> names, ProductColumns columns) {
	}

}
