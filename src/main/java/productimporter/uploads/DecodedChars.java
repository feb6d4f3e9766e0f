package productimporter.uploads;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A window of decoded characters that slides over a stream: the reader of the window says
 * from where on it still needs the characters, and gets more behind them. Undecodable
 * bytes are never replaced. Not thread-safe.
 */
final class DecodedChars {

	/** How much is read at once, in bytes; a fill finds room for as many characters. */
	static final int BLOCK = 64 * 1024;

	/** How many bytes the decoder gets where they aren't ASCII. */
	private static final int NOT_ASCII = 16;

	/** The window: indexes from 0 to below {@link #limit} hold characters. */
	char[] buffer = new char[2 * BLOCK];

	/** The end of the characters in the buffer. */
	int limit;

	private final InputStream in;

	private final Charset charset;

	private final CharsetDecoder decoder;

	private final boolean utf8;

	private final ByteBuffer bytes = ByteBuffer.allocate(BLOCK).limit(0);

	private final int maxChars;

	private long bytesRead;

	private boolean ended;

	/** How many of the next bytes can't be decoded; 0 as long as that isn't known. */
	private int undecodable;

	/**
	 * Decode a stream.
	 * @param in where the bytes come from
	 * @param charset a charset without state or byte order mark, so UTF-16LE or UTF-16BE
	 * instead of UTF-16
	 * @param firstByte the offset in the file of the stream's first byte, from 0
	 * @param maxKept how many characters a call to {@link #fill} keeps at most
	 */
	DecodedChars(InputStream in, Charset charset, long firstByte, int maxKept) {
		this.in = in;
		this.charset = charset;
		this.decoder = charset.newDecoder()
			.onMalformedInput(CodingErrorAction.REPORT)
			.onUnmappableCharacter(CodingErrorAction.REPORT);
		this.utf8 = charset.equals(StandardCharsets.UTF_8);
		this.bytesRead = firstByte;
		this.maxChars = maxKept + BLOCK;
	}

	/**
	 * Drop the characters before an index, move the others to the start of the buffer,
	 * and read at least one more. The buffer may be another one afterwards.
	 * @param from the index of the first character to keep
	 * @return {@code false} when no more can be read: at the end of the stream or before
	 * undecodable bytes
	 * @throws IOException if the stream can't be read
	 */
	boolean fill(int from) throws IOException {
		makeRoom(from);
		CharBuffer free = CharBuffer.wrap(this.buffer, this.limit, this.buffer.length - this.limit);
		while (true) {
			CoderResult result = decode(free);
			if (free.position() > this.limit) {
				this.limit = free.position();
				return true;
			}
			if (result.isError()) {
				this.undecodable = result.length();
				return false;
			}
			if (this.ended) {
				return false;
			}
			readBytes();
		}
	}

	/**
	 * Decode what is in hand. The JDK's decoder of UTF-8 is fast only up to the first
	 * character of a block that isn't ASCII, so ASCII is copied here and it gets some
	 * bytes wherever there is something else: for 76 MB of mostly ASCII 55 instead of 150
	 * ms.
	 */
	private CoderResult decode(CharBuffer free) {
		int end = this.bytes.limit();
		while (this.utf8 && !this.ended) {
			copyAscii(free);
			if (end - this.bytes.position() <= NOT_ASCII) {
				break;
			}
			this.bytes.limit(this.bytes.position() + NOT_ASCII);
			CoderResult result = this.decoder.decode(this.bytes, free, false);
			this.bytes.limit(end);
			if (!result.isUnderflow()) {
				return result;
			}
		}
		return this.decoder.decode(this.bytes, free, this.ended);
	}

	private void copyAscii(CharBuffer free) {
		byte[] source = this.bytes.array();
		char[] target = this.buffer;
		int from = this.bytes.position();
		int to = free.position();
		int end = from + Math.min(this.bytes.remaining(), free.remaining());
		int i = from;
		for (; i < end && source[i] >= 0; i++) {
			target[to++] = (char) source[i];
		}
		this.bytes.position(i);
		free.position(to);
	}

	private void makeRoom(int from) {
		int kept = this.limit - from;
		char[] target = this.buffer;
		if (target.length - kept < BLOCK && target.length < this.maxChars) {
			target = new char[Math.min(2 * target.length, this.maxChars)];
		}
		if (from > 0 || target != this.buffer) {
			System.arraycopy(this.buffer, from, target, 0, kept);
		}
		this.buffer = target;
		this.limit = kept;
	}

	private void readBytes() throws IOException {
		this.bytes.compact();
		int count = this.in.read(this.bytes.array(), this.bytes.position(), this.bytes.remaining());
		if (count < 0) {
			this.ended = true;
		}
		else {
			this.bytes.position(this.bytes.position() + count);
			this.bytesRead += count;
		}
		this.bytes.flip();
	}

	/**
	 * Where a character of the buffer stands in the file; measures the characters behind
	 * it.
	 * @param index an index in the buffer, not within a surrogate pair
	 * @return a byte offset, from 0
	 */
	long byteOffset(int index) {
		CharsetEncoder encoder = this.charset.newEncoder();
		CharBuffer rest = CharBuffer.wrap(this.buffer, index, this.limit - index);
		ByteBuffer scratch = ByteBuffer.allocate(8 * 1024);
		long length = 0;
		CoderResult result;
		do {
			result = encoder.encode(rest, scratch, true);
			length += scratch.position();
			scratch.clear();
			if (result.isError()) {
				throw new IllegalStateException(this.charset + " doesn't write what it reads: " + result);
			}
		}
		while (result.isOverflow());
		return nextByte() - length;
	}

	/**
	 * Call where {@link #fill} has returned {@code false} and the end of the stream would
	 * be taken for the end of the file.
	 * @param line the number of the line the buffer ends on, for the message
	 * @throws UnreadableFile if it was undecodable bytes
	 */
	void failIfUndecodable(long line) {
		if (this.undecodable == 0) {
			return;
		}
		int from = this.bytes.position();
		String hex = HexFormat.ofDelimiter(" ")
			.withUpperCase()
			.formatHex(Arrays.copyOfRange(this.bytes.array(), from, from + this.undecodable));
		throw UnreadableFile.atLine("bytes_undecodable", line, String.format(Locale.ROOT,
				"Line %,d contains bytes that are not %s text: %s at byte offset %,d of the file. Save the file as UTF-8 and upload it again.",
				line, this.charset.name(), hex, nextByte()));
	}

	private long nextByte() {
		return this.bytesRead - this.bytes.remaining();
	}

	void close() throws IOException {
		this.in.close();
	}

}
