package productimporter.jobs.productimport;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import org.postgresql.util.PSQLState;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Puts in a chunk of which no product is there yet, as in a first import, by PostgreSQL's
 * COPY, which takes half of what the upsert does (ops/decisions/0034). Either all of the
 * chunk or nothing: beside an upsert of the others there would be two lock orders.
 * <p>
 * Looks for the SKUs only where the chunk before doesn't tell what to expect: behind one
 * that was upserted and not new as a whole, the next is upserted too; behind one that was
 * copied, PostgreSQL's unique constraint notices what is there already, once in a range
 * (what a COPY has written in vain must be vacuumed).
 */
final class NewProducts {

	private final JdbcTemplate jdbc;

	private final ProductUpsert upsert;

	private Expectation expectation = Expectation.NONE;

	private boolean refused;

	NewProducts(DataSource dataSource, ProductUpsert upsert) {
		this.jdbc = new JdbcTemplate(dataSource);
		this.upsert = upsert;
	}

	/**
	 * Puts them all in, or nothing; then call {@link #upserted}. Call in a transaction.
	 * @param ids one for each product
	 * @param products in the order of their SKUs, of which each comes once
	 * @return whether they are in
	 */
	boolean put(List<UUID> ids, List<ValidProduct> products) {
		return this.upsert.creates() && this.expectation != Expectation.PRESENT
				&& Boolean.TRUE.equals(this.jdbc.execute((ConnectionCallback<Boolean>) (connection) -> put(connection, ids, products)));
	}

	private boolean put(Connection connection, List<UUID> ids, List<ValidProduct> products) throws SQLException {
		if (this.expectation == Expectation.NONE && anyIsThere(connection, products)) {
			this.expectation = Expectation.PRESENT;
			return false;
		}
		Savepoint savepoint = connection.setSavepoint();
		try (BinaryCopy copy = new BinaryCopy(connection, this.upsert.copySql())) {
			this.upsert.copy(copy, ids, products);
			copy.end();
		}
		catch (SQLException ex) {
			if (!PSQLState.UNIQUE_VIOLATION.getState().equals(ex.getSQLState())) {
				throw ex;
			}
			connection.rollback(savepoint);
			// or what follows would be written under the subtransaction's number
			connection.releaseSavepoint(savepoint);
			this.refused = true;
			this.expectation = Expectation.PRESENT;
			return false;
		}
		connection.releaseSavepoint(savepoint);
		this.expectation = this.refused ? Expectation.NONE : Expectation.NEW;
		return true;
	}

	/**
	 * Learns from a chunk that was upserted.
	 * @param newAsWhole whether none of its products was there
	 */
	void upserted(boolean newAsWhole) {
		this.expectation = newAsWhole ? Expectation.NONE : Expectation.PRESENT;
	}

	private boolean anyIsThere(Connection connection, List<ValidProduct> products) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(ProductUpsert.LOOK_UP)) {
			this.upsert.setSkus(statement, products);
			try (ResultSet rows = statement.executeQuery()) {
				return rows.next();
			}
		}
	}

	/** Of the next chunk. */
	private enum Expectation {

		NONE, NEW, PRESENT

	}

}
