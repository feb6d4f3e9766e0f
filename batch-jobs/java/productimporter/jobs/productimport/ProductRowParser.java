package productimporter.jobs.productimport;

import java.io.Reader;
import java.nio.CharBuffer;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvReader;
import org.jspecify.annotations.Nullable;
import productimporter.uploads.CsvFormat;
import productimporter.uploads.Formulas;
import productimporter.uploads.CsvRecordReader.Defect;
import productimporter.uploads.ProductColumns;

/**
 * Takes one record after the other apart with a single FastCSV parser, which gets them
 * handed one by one: to make a parser for each record took a tenth of the time of
 * validation. Cells that are no product fields never become strings. Not thread-safe.
 */
final class ProductRowParser {

	private final OneRecord source = new OneRecord();

	private final Cells cells;

	private final CloseableIterator<ProductRow> rows;

	ProductRowParser(CsvFormat format) {
		this.cells = new Cells(format.columns(), format.hasInertFormulas());
		this.rows = CsvReader.builder()
			.fieldSeparator(format.delimiter())
			.quoteCharacter(format.quote())
			.allowExtraFields(true)
			.allowMissingFields(true)
			.build(this.cells, this.source)
			.iterator();
	}

	/**
	 * Parse a record without defects.
	 * @param raw its text, not empty
	 * @param record place among the data records of the file, from 0
	 * @param line line on which it begins, from 1
	 * @param keepsText whether the row gets the text too
	 */
	ProductRow parse(String raw, int record, long line, boolean keepsText) {
		this.source.next(raw);
		this.cells.next(keepsText ? raw : "", record, line);
		return this.rows.next();
	}

	/** The record that is to be parsed now, with a line end, as FastCSV's source. */
	private static final class OneRecord extends Reader {

		private String raw = "";

		private int position;

		void next(String record) {
			this.raw = record;
			this.position = 0;
		}

		@Override
		public int read(char[] buffer, int offset, int length) {
			int count = Math.min(length, this.raw.length() - this.position);
			if (count > 0) {
				this.raw.getChars(this.position, this.position + count, buffer, offset);
				this.position += count;
				return count;
			}
			if (this.position++ > this.raw.length()) {
				throw new IllegalStateException("The record's line end was not taken for one");
			}
			// not a line feed: after a quoted cell that ends in CR, FastCSV would take it for the second half of a CRLF
			buffer[offset] = '\r';
			return 1;
		}

		@Override
		public void close() {
			// nothing is open
		}

	}

	/** Takes the cells from FastCSV that are product fields. */
	private static final class Cells extends AbstractBaseCsvCallbackHandler<ProductRow> {

		private final ProductColumns columns;

		private final boolean escaped;

		private String raw = "";

		private int record;

		private long line;

		private int count;

		private boolean controls;

		private @Nullable String sku;

		private @Nullable String name;

		private @Nullable String description;

		private @Nullable String price;

		Cells(ProductColumns columns, boolean escaped) {
			this.columns = columns;
			this.escaped = escaped;
		}

		void next(String text, int number, long firstLine) {
			this.raw = text;
			this.record = number;
			this.line = firstLine;
			this.count = 0;
			this.controls = false;
			this.sku = null;
			this.name = null;
			this.description = null;
			this.price = null;
		}

		@Override
		protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
			if (index < this.columns.count() || length > 0) {
				this.count = index + 1;
			}
			if (index == this.columns.sku()) {
				this.sku = text(buffer, offset, length);
			}
			else if (index == this.columns.name()) {
				this.name = text(buffer, offset, length);
			}
			else if (index == this.columns.description()) {
				this.description = text(buffer, offset, length);
			}
			else if (index == this.columns.price()) {
				this.price = text(buffer, offset, length);
			}
		}

		private String text(char[] buffer, int offset, int length) {
			this.controls |= hasControls(buffer, offset, length);
			boolean apostrophe = this.escaped && length > 0 && buffer[offset] == '\''
					&& Formulas.isFormula(CharBuffer.wrap(buffer), offset, offset + length);
			return apostrophe ? new String(buffer, offset + 1, length - 1) : new String(buffer, offset, length);
		}

		/** C0 and C1 controls and DEL. */
		private static boolean hasControls(char[] buffer, int offset, int length) {
			for (int i = offset; i < offset + length; i++) {
				char c = buffer[i];
				if (c < ' ' || (c >= 0x7f && c <= 0x9f)) {
					return true;
				}
			}
			return false;
		}

		@Override
		protected ProductRow buildRecord() {
			return new ProductRow(this.record, this.line, Defect.NONE, this.raw, this.count, this.controls, this.sku,
					this.name, this.description, this.price);
		}

	}

}
