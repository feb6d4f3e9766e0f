package productimporter.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.writer.CsvWriter;
import org.jspecify.annotations.Nullable;
import productimporter.platform.RequestRefused;
import productimporter.uploads.CsvFormat;
import productimporter.uploads.Formulas;
import productimporter.uploads.RefusedColumns;
import productimporter.uploads.Uploads;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Writes the file of refused rows: the original columns, then {@link RefusedColumns}, one
 * line for each refused row and problem.
 */
@Component
class RefusedRowsCsv {

	private final Uploads uploads;

	private final ImportRunQuery runs;

	private final RefusedRowTable table;

	RefusedRowsCsv(Uploads uploads, ImportRunQuery runs, RefusedRowTable table) {
		this.uploads = uploads;
		this.runs = runs;
		this.table = table;
	}

	/**
	 * How the file of a run is read.
	 * @throws RequestRefused when it has vanished, and its header with it
	 */
	CsvFormat format(UUID run) throws IOException {
		RunFile stored = this.runs.importFile(run);
		try (InputStream file = this.uploads.open(stored.upload(), 0)) {
			return CsvFormat.inspect(file, stored.options().csv());
		}
		catch (NoSuchFileException ex) {
			throw new RequestRefused(HttpStatus.GONE, "upload_vanished",
					"The uploaded file is not in the upload store any more, and the names of its columns with it. "
							+ "The page of the import lists the refused rows.",
					null);
		}
	}

	/**
	 * Writes all refused rows of a run, in the order of its file, with its delimiter. No
	 * connection is held while it waits for the reader.
	 */
	void write(UUID run, CsvFormat format, OutputStream out) throws IOException {
		CsvWriter csv = CsvWriter.builder()
			.fieldSeparator(format.delimiter())
			.build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
		List<Integer> own = RefusedColumns.own(format.header());
		List<String> header = new ArrayList<>(own.stream().map(format.header()::get).toList());
		header.addAll(RefusedColumns.NAMES);
		csv.writeRecord(header.stream().map(RefusedRowsCsv::inert).toList());
		List<RefusedRow> rows = this.table.after(run, -1);
		while (!rows.isEmpty()) {
			rows.forEach((row) -> write(run, row, format, own, csv));
			rows = this.table.after(run, rows.get(rows.size() - 1).recordNumber());
		}
		csv.flush();
	}

	private static void write(UUID run, RefusedRow row, CsvFormat format, List<Integer> own, CsvWriter csv) {
		List<String> cells = cells(row.raw(), format, own);
		for (RefusedRow.Problem problem : row.problems()) {
			List<String> line = new ArrayList<>(cells);
			line.add(Long.toString(row.lineNumber()));
			line.add(inert(problem.column()));
			line.add(inert(problem.value()));
			line.add(problem.code());
			line.add(inert(problem.reason()));
			line.add(run.toString());
			csv.writeRecord(line);
		}
	}

	/**
	 * One cell for each of the file's own columns; those of a row with a stray quote as
	 * they can be told apart.
	 */
	private static List<String> cells(String raw, CsvFormat format, List<Integer> own) {
		List<String> cells;
		try {
			cells = CsvReader.builder()
				.fieldSeparator(format.delimiter())
				.quoteCharacter(format.quote())
				.ofSingleCsvRecord(raw)
				.getFields();
		}
		catch (CsvParseException ex) {
			cells = List.of(raw.split(Pattern.quote(String.valueOf(format.delimiter())), -1));
		}
		List<String> padded = new ArrayList<>();
		for (int i : own) {
			String cell = (i < cells.size()) ? cells.get(i) : "";
			// one apostrophe is taken away when the file comes back, so there must be no
			// second one
			padded.add(Formulas.inert(format.hasInertFormulas() ? Formulas.live(cell) : cell));
		}
		return padded;
	}

	private static String inert(@Nullable String cell) {
		return (cell != null) ? Formulas.inert(cell) : "";
	}

}
