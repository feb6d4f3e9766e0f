package productimporter.imports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import productimporter.platform.RequestRefused;

import org.springframework.stereotype.Component;

/**
 * The refused rows of a run, for other modules.
 */
@Component
public class RefusedRows {

	private final RefusedRowTable table;

	private final RefusedRowsCsv csv;

	RefusedRows(RefusedRowTable table, RefusedRowsCsv csv) {
		this.table = table;
		this.csv = csv;
	}

	/**
	 * The first refused rows in the order of the file.
	 * @param limit how many at most, up to 200
	 * @return empty when there is none
	 */
	public List<RefusedRow> first(UUID run, int limit) {
		return this.table.after(run, -1).stream().limit(limit).toList();
	}

	/**
	 * The file of refused rows as {@code GET /upload/errors} answers it.
	 * @param limit its size in bytes at most
	 * @return empty when it is larger, or when the uploaded file is gone
	 */
	public Optional<byte[]> file(UUID run, int limit) throws IOException {
		Bounded out = new Bounded(limit);
		try {
			this.csv.write(run, this.csv.format(run), out);
			return Optional.of(out.bytes.toByteArray());
		}
		catch (TooLarge | RequestRefused ex) {
			return Optional.empty();
		}
	}

	private static final class Bounded extends OutputStream {

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		private final int limit;

		private Bounded(int limit) {
			this.limit = limit;
		}

		@Override
		public void write(int b) {
			write(new byte[] { (byte) b }, 0, 1);
		}

		@Override
		public void write(byte[] b, int off, int len) {
			if (this.bytes.size() + len > this.limit) {
				throw new TooLarge();
			}
			this.bytes.write(b, off, len);
		}

	}

	private static final class TooLarge extends RuntimeException {

	}

}
