package productimporter.jobs.productimport;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.ByteConverter;

/**
 * Sends rows to PostgreSQL by a {@code COPY … FROM STDIN (FORMAT binary)}, see "Binary
 * Format" on the page of COPY in its manual. Closing it before {@link #end} gives the rows
 * up. Not thread-safe.
 */
final class BinaryCopy implements AutoCloseable {

	private static final byte[] SIGNATURE = "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

	private static final int NO_FLAGS = 0;

	private static final int NO_EXTENSION = 0;

	private static final short TRAILER = -1;

	private static final int NULL = -1;

	private static final int BUFFER = 64 << 10;

	private final CopyIn copy;

	private ByteBuffer buffer = ByteBuffer.allocate(2 * BUFFER);

	/**
	 * Begins.
	 * @param connection to PostgreSQL, or a pool's proxy of one
	 * @param sql the COPY
	 */
	BinaryCopy(Connection connection, String sql) throws SQLException {
		this.copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
		this.buffer.put(SIGNATURE).putInt(NO_FLAGS).putInt(NO_EXTENSION);
	}

	/**
	 * Begins a row; that many values have to follow.
	 */
	void row(int values) throws SQLException {
		if (this.buffer.position() >= BUFFER) {
			send();
		}
		room(Short.BYTES);
		this.buffer.putShort((short) values);
	}

	void add(UUID uuid) {
		room(Integer.BYTES + 2 * Long.BYTES);
		this.buffer.putInt(2 * Long.BYTES)
			.putLong(uuid.getMostSignificantBits())
			.putLong(uuid.getLeastSignificantBits());
	}

	/**
	 * A value of a column of texts.
	 * @param text without U+0000, which PostgreSQL doesn't store
	 */
	void addText(@Nullable String text) {
		add((text != null) ? text.getBytes(StandardCharsets.UTF_8) : null);
	}

	void addNumeric(@Nullable BigDecimal number) {
		add((number != null) ? ByteConverter.numeric(number) : null);
	}

	private void add(byte @Nullable [] value) {
		if (value == null) {
			room(Integer.BYTES);
			this.buffer.putInt(NULL);
			return;
		}
		room(Integer.BYTES + value.length);
		this.buffer.putInt(value.length).put(value);
	}

	private void room(int bytes) {
		if (this.buffer.remaining() < bytes) {
			ByteBuffer larger = ByteBuffer
				.allocate(Math.max(2 * this.buffer.capacity(), Math.addExact(this.buffer.position(), bytes)));
			this.buffer = larger.put(this.buffer.flip());
		}
	}

	private void send() throws SQLException {
		this.copy.writeToCopy(this.buffer.array(), 0, this.buffer.position());
		this.buffer.clear();
	}

	/**
	 * Ends, and waits for what PostgreSQL says to the rows.
	 * @return how many it has put in
	 */
	long end() throws SQLException {
		room(Short.BYTES);
		this.buffer.putShort(TRAILER);
		send();
		return this.copy.endCopy();
	}

	@Override
	public void close() throws SQLException {
		if (this.copy.isActive()) {
			this.copy.cancelCopy();
		}
	}

}
