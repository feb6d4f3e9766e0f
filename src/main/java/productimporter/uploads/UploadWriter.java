package productimporter.uploads;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Writes to a file on its way into the store.
 */
final class UploadWriter extends OutputStream {

	private final IncomingUpload target;

	UploadWriter(IncomingUpload target) {
		this.target = target;
	}

	@Override
	public void write(int b) {
		write(new byte[] { (byte) b }, 0, 1);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) {
		this.target.write((offset == 0) ? bytes : Arrays.copyOfRange(bytes, offset, offset + length), length);
	}

}
