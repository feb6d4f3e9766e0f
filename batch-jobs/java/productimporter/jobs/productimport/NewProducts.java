package productimporter.jobs.productimport;

import java.sql.Connection;
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
 * Expects a chunk to be new behind one that was, and leaves it to PostgreSQL's unique
 * constraint to notice the first that isn't; from then on it does nothing any more, since
 * what a COPY has written in vain must be vacuumed.
 */
final class NewProducts {

	private final JdbcTemplate jdbc;

	private final ProductUpsert upsert;

	private boolean expected;

	private boolean refused;

	NewProducts(DataSource dataSource, ProductUpsert upsert) {
		this.jdbc = new JdbcTemplate(dataSource);
		this.upsert = upsert;
	}

	/**
	 * Puts a chunk in if it is expected to be new. Call in a transaction.
	 * @param ids one for each product
	 * @param products in the order of their SKUs, of which each comes once
	 * @return whether all are in; if not, none is: upsert them, then call
	 * {@link #upserted}
	 */
	boolean put(List<UUID> ids, List<ValidProduct> products) {
		ConnectionCallback<Boolean> copy = (connection) -> copy(connection, ids, products);
		return this.expected && Boolean.TRUE.equals(this.jdbc.execute(copy));
	}

	/**
	 * Learns from a chunk that was upserted.
	 * @param newAsWhole whether none of its products was there
	 */
	void upserted(boolean newAsWhole) {
		this.expected = newAsWhole && !this.refused;
	}

	private boolean copy(Connection connection, List<UUID> ids, List<ValidProduct> products) throws SQLException {
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
			this.refused = true;
		}
		// also behind a rollback, or what follows would be written under the subtransaction's id
		connection.releaseSavepoint(savepoint);
		return !this.refused;
	}

}
