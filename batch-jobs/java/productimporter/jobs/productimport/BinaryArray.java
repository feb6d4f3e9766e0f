package productimporter.jobs.productimport;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;
import org.postgresql.util.ByteConverter;

/**
 * Makes one-dimensional arrays in the form that PostgreSQL sends and receives in binary
 * ({@code array_send} and {@code array_recv} in its arrayfuncs.c). pgjdbc would write
 * UUIDs as text, and texts by way of four copies, which was a third of the import's work
 * (ops/decisions/0019). Not thread-safe; an instance keeps its buffer.
 */
final class BinaryArray {

	private static final int HEADER = 5 * Integer.BYTES;

	private static final int NULL = -1;

	private ByteBuffer buffer = ByteBuffer.allocate(64 << 10);

	private int arrayOid;

	private int elementOid;

	private int elements;

	private boolean hasNull;

	void beginTexts() {
		begin(Oid.TEXT_ARRAY, Oid.TEXT);
	}

	void beginUuids() {
		begin(Oid.UUID_ARRAY, Oid.UUID);
	}

	void beginNumerics() {
		begin(Oid.NUMERIC_ARRAY, Oid.NUMERIC);
	}

	private void begin(int array, int element) {
		this.arrayOid = array;
		this.elementOid = element;
		this.elements = 0;
		this.hasNull = false;
		this.buffer.clear().position(HEADER);
	}

	/**
	 * The next text.
	 * @param text without U+0000, which PostgreSQL doesn't store
	 */
	void add(@Nullable String text) {
		add((text != null) ? text.getBytes(StandardCharsets.UTF_8) : null);
	}

	void add(@Nullable BigDecimal number) {
		add((number != null) ? ByteConverter.numeric(number) : null);
	}

	private void add(byte @Nullable [] value) {
		this.elements++;
		if (value == null) {
			this.hasNull = true;
			room(Integer.BYTES);
			this.buffer.putInt(NULL);
			return;
		}
		room(Integer.BYTES + value.length);
		this.buffer.putInt(value.length).put(value);
	}

	void add(UUID uuid) {
		this.elements++;
		room(Integer.BYTES + 2 * Long.BYTES);
		this.buffer.putInt(2 * Long.BYTES)
			.putLong(uuid.getMostSignificantBits())
			.putLong(uuid.getLeastSignificantBits());
	}

	private void room(int bytes) {
		if (this.buffer.remaining() < bytes) {
			ByteBuffer larger = ByteBuffer
				.allocate(Math.max(2 * this.buffer.capacity(), Math.addExact(this.buffer.position(), bytes)));
			this.buffer = larger.put(this.buffer.flip());
		}
	}

	/**
	 * The array of what was added.
	 * @param connection to PostgreSQL, or a pool's proxy of one
	 * @throws IllegalStateException when nothing was added
	 */
	Array toArray(Connection connection) throws SQLException {
		if (this.elements == 0) {
			throw new IllegalStateException("An array without elements has no dimension");
		}
		int end = this.buffer.position();
		this.buffer.position(0);
		this.buffer.putInt(1).putInt(this.hasNull ? 1 : 0).putInt(this.elementOid).putInt(this.elements).putInt(1);
		this.buffer.position(end);
		return new PgArray(connection.unwrap(BaseConnection.class), this.arrayOid,
				Arrays.copyOf(this.buffer.array(), end));
	}

}
