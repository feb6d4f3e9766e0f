package productimporter.uploads;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a file is to be read, found by looking into it and by what somebody says of it.
 *
 * @param charset without state or byte order mark
 * @param delimiter what stands between two cells
 * @param quote what cells are quoted with, {@link CsvOptions#NO_QUOTE} for nothing
 * @param hasHeader whether the first line names the columns
 * @param decimal the decimal mark of prices, the other of {@code .} and {@code ,} may
 * stand between thousands; {@code null}: a full stop, and nothing between thousands
 * @param header the names of the columns as the file spells them, trimmed; their numbers,
 * from 1, where it has no header
 * @param columns which of them are imported
 * @param firstByte where the first data record begins: offset in the file, from 0
 * @param firstLine line number there, from 1
 */
public record CsvFormat(Charset charset, char delimiter, char quote, boolean hasHeader, @Nullable Character decimal,
		List<String> header, ProductColumns columns, long firstByte, long firstLine) {

	/**
	 * The column by which a file says that cells that look like formulas have an
	 * apostrophe before them. An export has it.
	 */
	public static final String INERT_FORMULAS_COLUMN = "formulas_escaped";

	public CsvFormat {
		header = List.copyOf(header);
	}

	/**
	 * Whether cells that look like formulas have an apostrophe before them: this is an
	 * export, or a file of refused rows, that comes back.
	 */
	public boolean hasInertFormulas() {
		return this.header.contains(INERT_FORMULAS_COLUMN) || RefusedColumns.areIn(this.header);
	}

	/**
	 * The options by which the file is read like this again, without looking for
	 * anything.
	 * @return value by name, as {@link CsvOptions#of} reads them
	 */
	public Map<String, String> options() {
		Map<String, String> options = new TreeMap<>();
		options.put("encoding", this.charset.name());
		options.put("delimiter", (this.delimiter == '\t') ? "tab" : String.valueOf(this.delimiter));
		options.put("quote", (this.quote == CsvOptions.NO_QUOTE) ? "none" : String.valueOf(this.quote));
		options.put("header", Boolean.toString(this.hasHeader));
		if (this.decimal != null) {
			options.put("decimal", this.decimal.toString());
		}
		Map<String, @Nullable String> mapping = new LinkedHashMap<>();
		for (String field : ProductColumns.FIELDS) {
			int column = this.columns.of(field);
			mapping.put(field, (column >= 0) ? this.header.get(column) : null);
		}
		options.put("mapping", new JsonMapper().writeValueAsString(mapping));
		return options;
	}

	/**
	 * Look into a file: at its first 1 MiB and on to its first data record, no further.
	 * @param in positioned on the file's first byte; not closed
	 * @param options what somebody says of it
	 * @return how to read it
	 * @throws UnreadableFile if it can't be imported, or if something has to be asked
	 * first
	 * @throws IOException if the stream can't be read
	 */
	public static CsvFormat inspect(InputStream in, CsvOptions options) throws IOException {
		return new FormatInspection(in, options).format();
	}

}
