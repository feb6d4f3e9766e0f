package productimporter.uploads;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import org.jspecify.annotations.Nullable;

import productimporter.platform.RequestRefused;

/**
 * Writes a sheet as CSV, cell by cell: row 5 becomes line 5, unless a cell above holds a
 * line break. Every row gets as many cells as the first has, which a sheet leaves out
 * where they are empty; and those behind only if they hold something.
 */
final class SheetCsv {

	private static final int LAST_ROW = 1_048_576;

	private static final int LAST_COLUMN = 16_384;

	/** With more a header is refused anyway. */
	private static final int HEADER_COLUMNS = 1_001;

	/** What could be 1,234 as well as 1.234. */
	private static final Pattern THREE_DECIMALS = Pattern.compile("-?\\d{1,3}\\.\\d{3}");

	private final XmlPart sheet;

	private final SharedStrings strings;

	private final NumberFormats formats;

	private final CsvOptions options;

	private final Writer out;

	private final CsvWriter csv;

	private final StringBuilder text = new StringBuilder();

	private CsvWriter.@Nullable CsvWriterRecord record;

	/** The cells of the first row that isn't empty, afterwards {@code null}. */
	private @Nullable List<String> header = new ArrayList<>();

	private int width;

	private int priceColumn = -1;

	private int row;

	/** The number of cells read of the present row, and written. */
	private int column;

	private int written;

	SheetCsv(XmlPart sheet, SharedStrings strings, NumberFormats formats, CsvOptions options, Writer out) {
		this.sheet = sheet;
		this.strings = strings;
		this.formats = formats;
		this.options = options;
		this.out = out;
		this.csv = CsvWriter.builder().bufferSize(0).lineDelimiter(LineDelimiter.LF).build(out);
	}

	/**
	 * Writes all rows.
	 * @throws RequestRefused when a formula has no result
	 * @throws IOException when the sheet isn't one
	 */
	void write() throws IOException {
		while (this.sheet.next()) {
			if (this.sheet.isStart("row")) {
				writeRow(this.sheet.number("r", this.row + 1));
			}
		}
		if (this.width == 0) {
			throw ContainerRefusals.noSheet();
		}
	}

	private void writeRow(int number) throws IOException {
		if (number <= this.row || number > LAST_ROW) {
			throw new IOException("Row " + number + " comes after row " + this.row);
		}
		for (int skipped = this.row + 1; skipped < number; skipped++) {
			this.out.write('\n');
		}
		this.row = number;
		this.column = 0;
		this.written = 0;
		while (this.sheet.next() && !this.sheet.isEnd("row")) {
			if (this.sheet.isStart("c")) {
				String place = this.sheet.attribute("r");
				int next = (place != null) ? columnOf(place) : this.column + 1;
				if (next <= this.column || next > LAST_COLUMN) {
					throw new IOException("A cell is out of place in row " + this.row);
				}
				this.column = next;
				writeCell(cell());
			}
		}
		endRow();
	}

	private void writeCell(String value) {
		if (value.isEmpty()) {
			return;
		}
		if (this.record == null) {
			this.record = this.csv.writeRecord();
		}
		while (this.written < this.column - 1) {
			writeField(this.record, "");
		}
		writeField(this.record, value);
	}

	private void writeField(CsvWriter.CsvWriterRecord target, String value) {
		target.writeField(value);
		this.written++;
		if (this.width == 0 && this.header != null && this.header.size() < HEADER_COLUMNS) {
			this.header.add(value);
		}
	}

	private void endRow() throws IOException {
		if (this.record == null) {
			this.out.write('\n');
			return;
		}
		if (this.width == 0) {
			this.width = this.written;
			this.priceColumn = priceColumn();
			this.header = null;
		}
		while (this.written < this.width) {
			writeField(this.record, "");
		}
		this.record.endRecord();
		this.record = null;
	}

	/** From 1; -1 when there is none. */
	private int priceColumn() {
		try {
			List<String> names = (this.header != null) ? this.header : List.of();
			return ProductColumns.of(names.stream().map(String::strip).toList(), this.options.mapping()).price() + 1;
		}
		catch (UnreadableFile ex) {
			// said when the file is looked into
			return -1;
		}
	}

	/** The text of the cell whose start tag was read. */
	private String cell() throws IOException {
		String type = this.sheet.attribute("t");
		String style = this.sheet.attribute("s");
		boolean formula = false;
		boolean value = false;
		this.text.setLength(0);
		while (this.sheet.next() && !this.sheet.isEnd("c")) {
			if (this.sheet.isStart("v")) {
				value = true;
				this.sheet.text(this.text, CellText.MOST);
			}
			else if (this.sheet.isStart("is")) {
				value = true;
				CellText.read(this.sheet, "is", this.text);
			}
			else if (this.sheet.isStart("f")) {
				formula = true;
				this.sheet.skip();
			}
		}
		if (formula && !value) {
			throw ContainerRefusals.notCalculated(columnName(this.column) + this.row);
		}
		return text((type != null) ? type : "n", style);
	}

	private String text(String type, @Nullable String style) throws IOException {
		if (this.text.isEmpty()) {
			return "";
		}
		return switch (type) {
			case "s" -> this.strings.get(Integer.parseUnsignedInt(this.text.toString().strip()));
			case "b" -> this.text.toString().strip().equals("1") ? "TRUE" : "FALSE";
			case "n" -> number(this.formats.text(this.text.toString(), style));
			default -> CellText.unescaped(this.text);
		};
	}

	/**
	 * A number with three decimals could be read as thousands where other prices of the
	 * sheet are texts with a decimal comma. With four it can't.
	 */
	private String number(String number) {
		boolean misread = this.column == this.priceColumn && THREE_DECIMALS.matcher(number).matches();
		return misread ? number + "0" : number;
	}

	/** The number of a column, from 1, of a cell such as {@code AB12}. */
	private static int columnOf(String place) {
		int column = 0;
		for (int i = 0; i < place.length() && place.charAt(i) >= 'A' && place.charAt(i) <= 'Z' && i < 4; i++) {
			column = column * 26 + place.charAt(i) - 'A' + 1;
		}
		return column;
	}

	private static String columnName(int column) {
		StringBuilder name = new StringBuilder();
		for (int rest = column; rest > 0; rest = (rest - 1) / 26) {
			name.insert(0, (char) ('A' + (rest - 1) % 26));
		}
		return name.toString();
	}

}
