package productimporter.uploads;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

import productimporter.uploads.CsvRecordReader.Defect;

/**
 * A record as {@link CsvRecordReader} has read it, with all it says about it.
 */
record ReadRecord(String text, long line, long byteOffset, Defect defect) {

	/** The next record, or {@code null}; asking for the offset every time. */
	static ReadRecord next(CsvRecordReader reader) throws IOException {
		String text = reader.readLine();
		return (text != null) ? new ReadRecord(text, reader.lineNumber(), reader.byteOffset(), reader.defect()) : null;
	}

	/** Read to the end, or until the file can't be read any further. */
	static List<ReadRecord> all(CsvRecordReader reader) throws IOException {
		List<ReadRecord> records = new ArrayList<>();
		try {
			for (ReadRecord record = next(reader); record != null; record = next(reader)) {
				records.add(record);
			}
		}
		catch (UnreadableFile ex) {
			records.add(new ReadRecord(ex.getMessage(), ex.line(), -1, Defect.NONE));
		}
		return records;
	}

	/** A reader of a part of a file whose stream gives few bytes at a time. */
	static CsvRecordReader reader(byte[] file, Charset charset, char delimiter, long firstByte, long firstLine,
			int bytesAtATime) {
		InputStream in = new ByteArrayInputStream(file, (int) firstByte, file.length);
		return new CsvRecordReader(new FilterInputStream(in) {
			@Override
			public int read(byte[] target, int offset, int length) throws IOException {
				return super.read(target, offset, Math.min(length, bytesAtATime));
			}
		}, charset, delimiter, '"', firstByte, firstLine);
	}

}
