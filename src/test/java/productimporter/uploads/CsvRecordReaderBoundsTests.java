package productimporter.uploads;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

/**
 * Hostile files cost time in proportion to their size, and a bounded buffer.
 */
class CsvRecordReaderBoundsTests {

	@ParameterizedTest
	@ValueSource(strings = { "abcdefgh", ",\"abc", ",\"\"\"\"", "\"abc\n", "a,\"b\n", "a\"\"b,\n", ",\"\na\"\",", "\n",
			"\"", "\"\"\"\n", ",\"\"\"\"\n", "\"a\n\",", "\"abcdefghijklmnopqrstuvwxyz\"\"\n\"\"" })
	void readsARepeatedTextQuickly(String text) {
		assertTimeout(Duration.ofSeconds(60), () -> allocatedWhileReading(text, 60_000_000));
	}

	@ParameterizedTest
	@ValueSource(strings = { "abcdefgh", ",\"abc", "\"a\n\",", ",\"\"\"\"" })
	void keepsNothingOfAnEndlessRecord(String text) throws IOException {
		assertThat(allocatedWhileReading(text, 300_000_000)).isLessThan(40_000_000);
	}

	/** Bytes allocated in all, so an upper bound of what is held at any time. */
	private static long allocatedWhileReading(String text, long size) throws IOException {
		com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		CsvRecordReader reader = new CsvRecordReader(new RepeatedText(text, size), UTF_8, ',', '"', 0, 1);
		long lines = 0;
		while (reader.readLine() != null) {
			lines = reader.lineNumber();
		}
		assertThat(lines).isLessThanOrEqualTo(size);
		return threads.getCurrentThreadAllocatedBytes() - before;
	}

	/** A file that is never held anywhere. */
	private static final class RepeatedText extends InputStream {

		private final byte[] block;

		private final long size;

		private long left;

		RepeatedText(String text, long size) {
			this.size = size;
			this.left = size;
			this.block = text.repeat(100_000 / text.length()).getBytes(UTF_8);
		}

		@Override
		public int read() {
			throw new UnsupportedOperationException();
		}

		@Override
		public int read(byte[] target, int offset, int length) {
			int from = (int) ((this.size - this.left) % this.block.length);
			int count = (int) Math.min(Math.min(length, this.left), this.block.length - from);
			System.arraycopy(this.block, from, target, offset, count);
			this.left -= count;
			return (count > 0) ? count : -1;
		}

	}

}
