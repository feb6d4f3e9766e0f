package productimporter.uploads;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

import productimporter.platform.RequestRefused;

/**
 * Lets only so much of a zip archive be read while its directory is: all entries are kept
 * in memory, and how many there are is known by reading them only.
 */
final class BudgetChannel implements SeekableByteChannel {

	/** Some 20,000 entries; and 4 bytes at each place where the directory may end. */
	private static final long BUDGET = (1L << 20) + (4L << 16);

	private final SeekableByteChannel channel;

	private long left = BUDGET;

	BudgetChannel(SeekableByteChannel channel) {
		this.channel = channel;
	}

	/** Lets everything be read. */
	void lift() {
		this.left = Long.MAX_VALUE;
	}

	/**
	 * Reads on.
	 * @throws RequestRefused when the budget is used up
	 */
	@Override
	public int read(ByteBuffer target) throws IOException {
		int count = this.channel.read(target);
		this.left -= Math.max(0, count);
		if (this.left < 0) {
			throw ContainerRefusals.tooManyFiles();
		}
		return count;
	}

	@Override
	public int write(ByteBuffer source) throws IOException {
		throw new UnsupportedOperationException();
	}

	@Override
	public long position() throws IOException {
		return this.channel.position();
	}

	@Override
	public SeekableByteChannel position(long position) throws IOException {
		this.channel.position(position);
		return this;
	}

	@Override
	public long size() throws IOException {
		return this.channel.size();
	}

	@Override
	public SeekableByteChannel truncate(long size) throws IOException {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean isOpen() {
		return this.channel.isOpen();
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
