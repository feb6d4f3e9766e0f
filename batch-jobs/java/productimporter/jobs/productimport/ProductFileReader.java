package productimporter.jobs.productimport;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import productimporter.imports.ImportPlan;
import productimporter.uploads.CsvFormat;
import productimporter.uploads.CsvRecordReader;
import productimporter.uploads.CsvRecordReader.Defect;
import productimporter.uploads.Uploads;

import org.springframework.batch.infrastructure.item.file.FlatFileItemReader;
import org.springframework.core.io.AbstractResource;

/**
 * Reads the records of a product file, or of a range of it. A FlatFileItemReader through
 * its extension points: its "lines" are whole CSV records ({@link CsvRecordReader}), which
 * FastCSV takes apart.
 */
final class ProductFileReader extends FlatFileItemReader<ProductRow> {

	private final ProductRowParser parser;

	private final int firstRecord;

	/** Whether a good row keeps its text, which only a refusal needs. */
	private final boolean keepsText;

	private @Nullable CsvRecordReader records;

	private ProductFileReader(Uploads uploads, UUID upload, CsvFormat format, long firstByte, long firstLine,
			int firstRecord, boolean keepsText) {
		super((line, number) -> {
			throw new IllegalStateException("Lines are mapped by doRead");
		});
		this.parser = new ProductRowParser(format);
		this.keepsText = keepsText;
		this.firstRecord = firstRecord;
		setName("product-file");
		setComments(new String[0]);
		setResource(new UploadResource(uploads, upload, firstByte));
		setBufferedReaderFactory((resource, encoding) -> {
			this.records = new CsvRecordReader(resource.getInputStream(), format.charset(), format.delimiter(),
					format.quote(), firstByte, firstLine);
			return this.records;
		});
	}

	/**
	 * The next record. The super class would copy its text twice for a policy of record
	 * separators, which isn't asked here since the "lines" are records already: a tenth
	 * of all that an import allocates.
	 */
	@Override
	protected @Nullable ProductRow doRead() throws IOException {
		CsvRecordReader reader = Objects.requireNonNull(this.records, "not open");
		String raw = reader.readLine();
		return (raw != null) ? row(reader, raw, this.firstRecord + getCurrentItemCount() - 1) : null;
	}

	/** Reads all records. */
	static ProductFileReader ofFile(Uploads uploads, UUID upload, CsvFormat format) {
		return new ProductFileReader(uploads, upload, format, format.firstByte(), format.firstLine(), 0, true);
	}

	/** Reads the records of a range and remembers how far it is in the step's execution context. */
	static ProductFileReader ofRange(Uploads uploads, UUID upload, CsvFormat format, ImportPlan.Range range) {
		ProductFileReader reader = new ProductFileReader(uploads, upload, format, range.firstByte(), range.firstLine(),
				range.firstRecord(), false);
		reader.setMaxItemCount(range.records());
		return reader;
	}

	/** Where the record that was read last begins: offset in the file, from 0. */
	long byteOffset() {
		return Objects.requireNonNull(this.records).byteOffset();
	}

	private ProductRow row(CsvRecordReader reader, String raw, int record) {
		Defect defect = reader.defect();
		if (defect != Defect.NONE) {
			return new ProductRow(record, reader.lineNumber(), defect, raw, 0, false, null, null, null, null);
		}
		return this.parser.parse(raw, record, reader.lineNumber(), this.keepsText);
	}

	/** A file of the upload store from some byte on. */
	private static final class UploadResource extends AbstractResource {

		private final Uploads uploads;

		private final UUID upload;

		private final long firstByte;

		UploadResource(Uploads uploads, UUID upload, long firstByte) {
			this.uploads = uploads;
			this.upload = upload;
			this.firstByte = firstByte;
		}

		@Override
		public boolean exists() {
			// whether it really does, and why not, is said by opening it
			return true;
		}

		@Override
		public String getDescription() {
			return "upload " + this.upload;
		}

		@Override
		public InputStream getInputStream() throws IOException {
			return this.uploads.open(this.upload, this.firstByte);
		}

	}

}
