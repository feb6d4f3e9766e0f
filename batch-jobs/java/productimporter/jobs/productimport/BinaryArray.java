package productimporter.jobs.productimport;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/**
 * Makes one-dimensional arrays in the form that PostgreSQL sends and receives in binary
 * ({@code array_send} and {@code array_recv} in its arrayfuncs.c). pgjdbc would write
 * UUIDs as text, and texts by way of four copies, which was a third of the import's work
 * (ops/decisions/0019). Not thread-safe; an instance keeps its buffer.
 */
final class BinaryArray {

	private static final int HEADER = 5 * Integer.BYTES;

	private final BinaryValues values = new BinaryValues();

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
		this.values.clear();
		this.values.room(HEADER).position(HEADER);
	}

	/**
	 * The next text.
	 * @param text without U+0000, which PostgreSQL doesn't store
	 */
	void add(@Nullable String text) {
		this.elements++;
		this.hasNull |= text == null;
		this.values.add(text);
	}

	void add(@Nullable BigDecimal number) {
		this.elements++;
		this.hasNull |= number == null;
		this.values.add(number);
	}

	void add(UUID uuid) {
		this.elements++;
		this.values.add(uuid);
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
		ByteBuffer.wrap(this.values.bytes())
			.putInt(1)
			.putInt(this.hasNull ? 1 : 0)
			.putInt(this.elementOid)
			.putInt(this.elements)
			.putInt(1);
		return new PgArray(connection.unwrap(BaseConnection.class), this.arrayOid,
				Arrays.copyOf(this.values.bytes(), this.values.length()));
	}

}
