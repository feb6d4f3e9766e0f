package productimporter.uploads;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Keeps the header of a gzip file from filling the memory: the library reads the name and
 * the comment in it byte by byte up to a NUL, however far that is, and everything else in
 * blocks.
 */
final class BoundedNames extends FilterInputStream {

	private static final int LONGEST = 64 << 10;

	private int single;

	BoundedNames(InputStream in) {
		super(in);
	}

	@Override
	public int read() throws IOException {
		this.single++;
		if (this.single > LONGEST) {
			throw new IOException("The header of the gzip file is longer than " + LONGEST + " bytes");
		}
		return super.read();
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		this.single = 0;
		return super.read(bytes, offset, length);
	}

}
