package productimporter.jobs.productimport;

import java.io.Closeable;
import java.util.List;

import productimporter.imports.RefusedRow;

import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Refuses the rows whose SKU comes more than once, where the import is to do so: once all
 * SKUs are known the file is read a second time for their text, a block a call. A file
 * without such rows is not read again.
 */
final class TwinRefusals implements Closeable {

	private static final int BLOCK_RECORDS = 50_000;

	private static final int BLOCK_CHARS = 4 << 20;

	private final RowChecks checks;

	private final ProductFileReader reader;

	private boolean begun;

	/** The record that is read next. */
	private int next;

	TwinRefusals(RowChecks checks, ProductFileReader reader) {
		this.checks = checks;
		this.reader = reader;
	}

	/**
	 * Goes on looking for such rows. Call after {@link RowChecks#superseded()}.
	 * @param refused to which they are added
	 * @return whether there are more
	 */
	boolean addNext(List<RefusedRow> refused) throws Exception {
		TwinLines twins = this.checks.twins();
		long chars = 0;
		for (int i = 0; this.next < twins.end() && i < BLOCK_RECORDS && chars < BLOCK_CHARS; i++) {
			if (!this.begun) {
				this.reader.open(new ExecutionContext());
				this.begun = true;
			}
			ProductRow row = this.reader.read();
			if (row == null) {
				throw new IllegalStateException("The file ends before its last row");
			}
			this.next = row.record() + 1;
			long otherLine = twins.of(row.record());
			if (otherLine > 0) {
				refused.add(this.checks.refuseTwin(row, otherLine));
				chars += row.raw().length();
			}
		}
		return this.next < twins.end();
	}

	@Override
	public void close() {
		if (this.begun) {
			this.reader.close();
		}
	}

}
