package productimporter;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import org.awaitility.Awaitility;

/**
 * A table that nobody else can write until it is released: jobs get as far as their next
 * write and stay there, however fast or slow the machine is.
 */
public final class HeldTable implements AutoCloseable {

	private final Connection connection;

	private final String table;

	private HeldTable(String table, String url) throws SQLException {
		this.connection = DriverManager.getConnection(url);
		this.table = table;
		this.connection.setAutoCommit(false);
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("LOCK TABLE " + table + " IN EXCLUSIVE MODE");
		}
	}

	/**
	 * Waits for those who are writing products, then holds all of them.
	 * @param url JDBC URL with user and password
	 */
	public static HeldTable products(String url) throws SQLException {
		return of("product", url);
	}

	/**
	 * Waits for those who are writing into a table, then holds it.
	 * @param url JDBC URL with user and password
	 */
	public static HeldTable of(String table, String url) throws SQLException {
		return new HeldTable(table, url);
	}

	/** Waits until at least so many transactions are about to write. */
	public void awaitWriters(int transactions) {
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(this::writers, (writers) -> writers >= transactions);
	}

	/** Transactions that are about to write. */
	public int writers() throws SQLException {
		try (Statement statement = this.connection.createStatement();
				var count = statement.executeQuery("""
						SELECT count(*) FROM pg_locks WHERE relation = '%s'::regclass AND NOT granted
						AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""
					.formatted(this.table))) {
			count.next();
			return count.getInt(1);
		}
	}

	/** Lets all go on, before it is closed. */
	public void release() throws SQLException {
		this.connection.rollback();
	}

	@Override
	public void close() throws SQLException {
		try (this.connection) {
			release();
		}
	}

}
