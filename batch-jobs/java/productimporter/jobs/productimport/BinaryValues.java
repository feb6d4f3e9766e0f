package productimporter.jobs.productimport;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.ByteConverter;

/**
 * Values in the form in which PostgreSQL sends and receives them in binary, one behind the
 * other, each with its length in bytes in front of it, in a buffer that grows.
 */
final class BinaryValues {

	private static final int NULL = -1;

	private ByteBuffer buffer = ByteBuffer.allocate(128 << 10);

	/**
	 * A value of text.
	 * @param text without U+0000, which PostgreSQL doesn't store
	 */
	void add(@Nullable String text) {
		add((text != null) ? text.getBytes(StandardCharsets.UTF_8) : null);
	}

	void add(@Nullable BigDecimal number) {
		add((number != null) ? ByteConverter.numeric(number) : null);
	}

	void add(UUID uuid) {
		room(Integer.BYTES + 2 * Long.BYTES).putInt(2 * Long.BYTES)
			.putLong(uuid.getMostSignificantBits())
			.putLong(uuid.getLeastSignificantBits());
	}

	private void add(byte @Nullable [] value) {
		if (value == null) {
			room(Integer.BYTES).putInt(NULL);
		}
		else {
			room(Integer.BYTES + value.length).putInt(value.length).put(value);
		}
	}

	/**
	 * To put something else in: at its position there is room for it.
	 * @param bytes how much is to be put there
	 */
	ByteBuffer room(int bytes) {
		if (this.buffer.remaining() < bytes) {
			ByteBuffer larger = ByteBuffer
				.allocate(Math.max(2 * this.buffer.capacity(), Math.addExact(this.buffer.position(), bytes)));
			this.buffer = larger.put(this.buffer.flip());
		}
		return this.buffer;
	}

	/** Begins anew. */
	void clear() {
		this.buffer.clear();
	}

	/** How many bytes of {@link #bytes} were put in. */
	int length() {
		return this.buffer.position();
	}

	/** What was put in, and something behind it; not a copy. */
	byte[] bytes() {
		return this.buffer.array();
	}

}
