package productimporter.uploads;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import productimporter.platform.RequestRefused;

/**
 * How much a container may hold: so many times what was sent, and so much at all. Text
 * comes to 5 to 30 times its compressed size; what comes to hundreds was made to fill a
 * disk.
 */
final class UnpackLimit {

	/** What any file may hold, however small it is. */
	private static final long ALWAYS = 10L << 20;

	private final UploadSettings settings;

	private final Container container;

	private final long bytes;

	private final boolean byRatio;

	private long read;

	UnpackLimit(UploadSettings settings, Container container, long sentBytes) {
		this.settings = settings;
		this.container = container;
		long most = settings.maxUnpackedSize().toBytes();
		long byRatio = Math.max(ALWAYS, sentBytes * settings.maxUnpackedRatio());
		this.byRatio = byRatio < most;
		this.bytes = Math.min(most, byRatio);
	}

	/** In bytes; for what is read from the container, and again for what is written. */
	long bytes() {
		return this.bytes;
	}

	Container container() {
		return this.container;
	}

	RequestRefused exceeded() {
		return this.byRatio ? ContainerRefusals.ratio(this.container, this.settings.maxUnpackedRatio())
				: ContainerRefusals.tooLarge(this.container, this.settings.maxUnpackedSize());
	}

	/**
	 * A stream that counts what comes out of the container.
	 * @return its reads throw {@link RequestRefused} when that gets too much
	 */
	InputStream counted(InputStream in) {
		return new FilterInputStream(in) {
			@Override
			public int read() throws IOException {
				byte[] one = new byte[1];
				return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
			}

			@Override
			public int read(byte[] bytes, int offset, int length) throws IOException {
				int count = super.read(bytes, offset, length);
				UnpackLimit.this.read += Math.max(0, count);
				if (UnpackLimit.this.read > UnpackLimit.this.bytes) {
					throw exceeded();
				}
				return count;
			}

			@Override
			public boolean markSupported() {
				return false;
			}
		};
	}

}
