package productimporter.jobs.productimport;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Of each record whose SKU comes again, the line of another one. Written in any order to 64
 * files, told apart by the record's place; read back in the order of the records, one file
 * after the other, so that a file of any size needs the memory of a 64th of its records, 8
 * bytes each.
 */
final class TwinLines implements Closeable {

	private static final int PARTS = 64;

	private final Path directory;

	/** Records from one part to the next. */
	private final int span;

	private final @Nullable DataOutputStream[] parts = new @Nullable DataOutputStream[PARTS];

	/** Of the part that is read; 0 for a record without another. */
	private final long[] lines;

	private int loaded = -1;

	private int end;

	/**
	 * Begin to write.
	 * @param directory that exists and has room for them
	 * @param records in the file
	 */
	TwinLines(Path directory, int records) {
		this.directory = directory;
		this.span = records / PARTS + 1;
		this.lines = new long[this.span];
	}

	/**
	 * A record that has another.
	 * @param otherLine from 1; of several for one record the first counts
	 */
	void add(int record, long otherLine) throws IOException {
		int part = record / this.span;
		DataOutputStream out = this.parts[part];
		if (out == null) {
			out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path(part)), 1 << 13));
			this.parts[part] = out;
		}
		out.writeInt(record % this.span);
		out.writeLong(otherLine);
		this.end = Math.max(this.end, record + 1);
	}

	/** Ends writing. */
	void written() throws IOException {
		for (DataOutputStream part : this.parts) {
			if (part != null) {
				part.close();
			}
		}
	}

	/** Behind the last record that has another; 0 when there is none. */
	int end() {
		return this.end;
	}

	/**
	 * The line of another record with the same SKU. Ask in the order of the records, after
	 * {@link #written()}.
	 * @return 0 when there is none
	 */
	long of(int record) {
		int part = record / this.span;
		if (part != this.loaded) {
			load(part);
		}
		return this.lines[record % this.span];
	}

	private void load(int part) {
		Arrays.fill(this.lines, 0);
		this.loaded = part;
		if (this.parts[part] == null) {
			return;
		}
		try {
			long count = Files.size(path(part)) / (Integer.BYTES + Long.BYTES);
			try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path(part))))) {
				for (long i = 0; i < count; i++) {
					int record = in.readInt();
					long line = in.readLong();
					if (this.lines[record] == 0) {
						this.lines[record] = line;
					}
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The SKUs of the file could not be read back", ex);
		}
	}

	private Path path(int part) {
		return this.directory.resolve("twins-" + part);
	}

	@Override
	public void close() throws IOException {
		written();
	}

}
