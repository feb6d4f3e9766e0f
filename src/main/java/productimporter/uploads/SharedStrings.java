package productimporter.uploads;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The texts that the cells of a workbook share, by number. They are as many as a sheet
 * has cells, so they go to a file; in memory is where each of its blocks begins.
 */
final class SharedStrings implements Closeable {

	private static final int BLOCK = 4 << 10;

	private final FileChannel file;

	private final DiskRoom disk;

	/** For each block its offset, and the number of its first text. */
	private long[] offsets = new long[64];

	private int[] firsts = new int[64];

	private int blocks;

	private int count;

	private long size;

	private ByteBuffer pending = ByteBuffer.allocate(BLOCK * 2);

	private int loaded = -1;

	private ByteBuffer block = ByteBuffer.allocate(0);

	/**
	 * Keeps none so far.
	 * @param file empty, closed with this
	 */
	SharedStrings(FileChannel file, DiskRoom disk) {
		this.file = file;
		this.disk = disk;
	}

	/**
	 * Reads the part that lists them.
	 */
	void read(XmlPart part) throws IOException {
		StringBuilder text = new StringBuilder();
		while (part.next()) {
			if (part.isStart("si")) {
				text.setLength(0);
				CellText.read(part, "si", text);
				add(CellText.unescaped(text));
			}
		}
		flush();
	}

	private void add(String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		if (this.pending.position() + Integer.BYTES + bytes.length > this.pending.capacity()) {
			flush();
		}
		if (this.pending.position() == 0) {
			begin();
		}
		if (Integer.BYTES + bytes.length > this.pending.capacity()) {
			this.pending = ByteBuffer.allocate(Integer.BYTES + bytes.length);
		}
		this.pending.putInt(bytes.length).put(bytes);
		this.count = Math.incrementExact(this.count);
		if (this.pending.position() >= BLOCK) {
			flush();
		}
	}

	private void begin() {
		if (this.blocks == this.offsets.length) {
			this.offsets = Arrays.copyOf(this.offsets, this.blocks * 2);
			this.firsts = Arrays.copyOf(this.firsts, this.blocks * 2);
		}
		this.offsets[this.blocks] = this.size;
		this.firsts[this.blocks] = this.count;
		this.blocks++;
	}

	private void flush() {
		this.pending.flip();
		int length = this.pending.remaining();
		try {
			while (this.pending.hasRemaining()) {
				this.file.write(this.pending);
			}
		}
		catch (IOException ex) {
			throw this.disk.notStored(ex);
		}
		this.size += length;
		this.disk.use(length);
		this.pending = (this.pending.capacity() > BLOCK * 2) ? ByteBuffer.allocate(BLOCK * 2) : this.pending.clear();
	}

	/**
	 * The text of a number.
	 * @param number from 0
	 * @throws IOException when there is none
	 */
	String get(int number) throws IOException {
		if (number < 0 || number >= this.count) {
			throw new IOException("There is no shared text " + number);
		}
		int found = Arrays.binarySearch(this.firsts, 0, this.blocks, number);
		int index = (found >= 0) ? found : -found - 2;
		if (index != this.loaded) {
			load(index);
		}
		int position = 0;
		for (int i = this.firsts[index]; i < number; i++) {
			position += Integer.BYTES + this.block.getInt(position);
		}
		return new String(this.block.array(), position + Integer.BYTES, this.block.getInt(position),
				StandardCharsets.UTF_8);
	}

	private void load(int index) throws IOException {
		long end = (index + 1 < this.blocks) ? this.offsets[index + 1] : this.size;
		this.block = ByteBuffer.allocate(Math.toIntExact(end - this.offsets[index]));
		while (this.block.hasRemaining()) {
			if (this.file.read(this.block, this.offsets[index] + this.block.position()) < 0) {
				throw new IOException("The shared texts are gone");
			}
		}
		this.loaded = index;
	}

	@Override
	public void close() throws IOException {
		this.file.close();
	}

}
