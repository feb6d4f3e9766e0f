package productimporter.jobs.productimport;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;

import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

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

	/** Bytes after which a row is not waited for any more. */
	private static final int ENOUGH = 64 << 10;

	private final CopyIn copy;

	private final BinaryValues values = new BinaryValues();

	/**
	 * Begins.
	 * @param connection to PostgreSQL, or a pool's proxy of one
	 * @param sql the COPY
	 */
	BinaryCopy(Connection connection, String sql) throws SQLException {
		this.copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
		this.values.room(SIGNATURE.length + 2 * Integer.BYTES).put(SIGNATURE).putInt(NO_FLAGS).putInt(NO_EXTENSION);
	}

	/**
	 * Begins a row.
	 * @param columns how many values have to be added
	 * @return takes them
	 */
	BinaryValues row(int columns) throws SQLException {
		if (this.values.length() >= ENOUGH) {
			send();
		}
		this.values.room(Short.BYTES).putShort((short) columns);
		return this.values;
	}

	private void send() throws SQLException {
		this.copy.writeToCopy(this.values.bytes(), 0, this.values.length());
		this.values.clear();
	}

	/** Ends, and waits for what PostgreSQL says to the rows. */
	void end() throws SQLException {
		this.values.room(Short.BYTES).putShort(TRAILER);
		send();
		this.copy.endCopy();
	}

	@Override
	public void close() throws SQLException {
		if (this.copy.isActive()) {
			this.copy.cancelCopy();
		}
	}

}
