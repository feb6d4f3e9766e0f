package productimporter.jobs.productimport;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import org.jspecify.annotations.Nullable;
import productimporter.uploads.CsvRecordReader.Defect;
import productimporter.uploads.ProductColumns;

/**
 * Takes from FastCSV the cells of one record that are product fields; the others never
 * become strings.
 */
final class CellHandler extends AbstractBaseCsvCallbackHandler<ProductRow> {

	private final ProductColumns columns;

	private final int record;

	private final long line;

	private final String raw;

	private int cells;

	private @Nullable String sku;

	private @Nullable String name;

	private @Nullable String description;

	private @Nullable String price;

	CellHandler(ProductColumns columns, int record, long line, String raw) {
		this.columns = columns;
		this.record = record;
		this.line = line;
		this.raw = raw;
	}

	@Override
	protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
		if (index < this.columns.count() || length > 0) {
			this.cells = index + 1;
		}
		if (index == this.columns.sku()) {
			this.sku = new String(buffer, offset, length);
		}
		else if (index == this.columns.name()) {
			this.name = new String(buffer, offset, length);
		}
		else if (index == this.columns.description()) {
			this.description = new String(buffer, offset, length);
		}
		else if (index == this.columns.price()) {
			this.price = new String(buffer, offset, length);
		}
	}

	@Override
	protected ProductRow buildRecord() {
		return new ProductRow(this.record, this.line, Defect.NONE, this.raw, this.cells, this.sku, this.name,
				this.description, this.price);
	}

}
