package productimporter.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.writer.CsvWriter;
import org.jspecify.annotations.Nullable;
import productimporter.uploads.CsvFormat;
import productimporter.uploads.Uploads;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes the file of refused rows: the original columns, then line, column, value, code
 * and reason, one line for each refused row and problem.
 */
@Component
class RefusedRowsCsv {

	private final Uploads uploads;

	private final ImportRunTable runs;

	private final RefusedRowTable table;

	RefusedRowsCsv(Uploads uploads, ImportRunTable runs, RefusedRowTable table) {
		this.uploads = uploads;
		this.runs = runs;
		this.table = table;
	}

	/**
	 * Writes all refused rows of a run, in the order of its file.
	 * @throws java.nio.file.NoSuchFileException when the uploaded file, whose header is
	 * needed, has vanished
	 */
	@Transactional(readOnly = true)
	public void write(UUID run, OutputStream out) throws IOException {
		CsvFormat format;
		try (InputStream file = this.uploads.open(this.runs.uploadId(run), 0)) {
			format = CsvFormat.inspect(file);
		}
		CsvWriter csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
		List<String> header = new ArrayList<>(format.header());
		header.addAll(List.of("line", "column", "value", "code", "reason"));
		csv.writeRecord(header.stream().map(RefusedRowsCsv::inert).toList());
		this.table.each(run, (row) -> {
			List<String> cells = cells(row.raw(), format);
			for (RefusedRow.Problem problem : row.problems()) {
				List<String> line = new ArrayList<>(cells);
				line.add(Long.toString(row.lineNumber()));
				line.add(inert(problem.column()));
				line.add(inert(problem.value()));
				line.add(problem.code());
				line.add(inert(problem.reason()));
				csv.writeRecord(line);
			}
		});
		csv.flush();
	}

	/**
	 * As many cells as the header has; those of a row with a stray quote as they can be
	 * told apart.
	 */
	private static List<String> cells(String raw, CsvFormat format) {
		List<String> cells;
		try {
			cells = CsvReader.builder().fieldSeparator(format.delimiter()).ofSingleCsvRecord(raw).getFields();
		}
		catch (CsvParseException ex) {
			cells = List.of(raw.split(Pattern.quote(String.valueOf(format.delimiter())), -1));
		}
		List<String> padded = new ArrayList<>();
		for (int i = 0; i < format.header().size(); i++) {
			padded.add((i < cells.size()) ? inert(cells.get(i)) : "");
		}
		return padded;
	}

	/**
	 * A cell that a spreadsheet would take for a formula gets an apostrophe before it
	 * (OWASP, CSV injection).
	 */
	private static String inert(@Nullable String cell) {
		if (cell == null || cell.isEmpty()) {
			return "";
		}
		return ("=+-@\t\r".indexOf(cell.charAt(0)) >= 0) ? "'" + cell : cell;
	}

}
