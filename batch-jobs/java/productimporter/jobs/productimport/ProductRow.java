package productimporter.jobs.productimport;

import org.jspecify.annotations.Nullable;
import productimporter.uploads.CsvRecordReader.Defect;

/**
 * A record of the file, its cells as they stand there.
 *
 * @param record place among the data records of the file, from 0
 * @param line line on which it begins, from 1
 * @param defect what keeps it from being read as CSV
 * @param raw the record's text; empty where nobody needs that of a good row
 * @param cells number of cells, those beyond the header that are empty not counted
 * @param controls whether a cell of a product field holds control characters, tabs and
 * line breaks among them
 * @param sku {@code null} when the row is too short
 * @param name {@code null} when the row is too short
 * @param description {@code null} when the file has no such column or the row is too
 * short
 * @param price {@code null} when the file has no such column or the row is too short
 */
record ProductRow(int record, long line, Defect defect, String raw, int cells, boolean controls, @Nullable String sku,
		@Nullable String name, @Nullable String description, @Nullable String price) {
}
