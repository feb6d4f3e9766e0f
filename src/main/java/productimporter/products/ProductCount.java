package productimporter.products;

import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How many products there are: the sum of what every statement changed, which triggers
 * note in its own transaction. So it is exact, within any snapshot, without a look at the
 * products (ops/decisions/0033).
 */
@Component
class ProductCount {

	private static final Logger logger = LoggerFactory.getLogger(ProductCount.class);

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	ProductCount(JdbcClient jdbc, TransactionTemplate transaction) {
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	long all() {
		return this.jdbc.sql("SELECT coalesce(sum(delta), 0) FROM product_count").query(Long.class).single();
	}

	/** All and the inactive ones, at one moment. */
	Counts counts() {
		return this.jdbc.sql("""
				SELECT (SELECT coalesce(sum(delta), 0) FROM product_count),
				       (SELECT count(*) FROM product WHERE NOT active)""")
			.query((row, number) -> new Counts(row.getLong(1), row.getLong(2)))
			.single();
	}

	/**
	 * Puts what statements have noted together, so that summing stays quick. Whoever else
	 * does so at the same time takes other rows: the sum never changes.
	 */
	@Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
	void putTogether() {
		try {
			this.jdbc.sql("""
					WITH noted AS (
					  DELETE FROM product_count WHERE EXISTS (SELECT FROM product_count OFFSET 1) RETURNING delta)
					INSERT INTO product_count SELECT sum(delta) FROM noted HAVING count(*) > 0""").update();
		}
		catch (DataAccessException ex) {
			logger.warn("The count of products could not be put together; it is tried again in a minute", ex);
		}
	}

	/**
	 * Counts the products, at the start beside everything else, and mends the sum if
	 * triggers were off while somebody wrote: for example in a restore, or with
	 * {@code session_replication_role = replica}.
	 */
	@Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
	void mend() {
		try {
			this.transaction.executeWithoutResult((status) -> mendAlone());
		}
		catch (DataAccessException ex) {
			logger.warn("The count of products could not be compared with them; it is tried again in an hour", ex);
		}
	}

	/**
	 * One at a time, or two would both add what is missing; and not beside a TRUNCATE,
	 * after which older snapshots find no products but still what was noted of them.
	 */
	private void mendAlone() {
		this.jdbc.sql("LOCK TABLE product IN ACCESS SHARE MODE").update();
		boolean alone = this.jdbc.sql("SELECT pg_try_advisory_xact_lock('product_count'::regclass::oid::int, 0)")
			.query(Boolean.class)
			.single();
		if (!alone) {
			return;
		}
		this.jdbc.sql("""
				INSERT INTO product_count
				SELECT missing FROM (SELECT (SELECT count(*) FROM product)
				                          - (SELECT coalesce(sum(delta), 0) FROM product_count) AS missing) AS compared
				WHERE missing <> 0 RETURNING delta""")
			.query(Long.class)
			.optional()
			.ifPresent((missing) -> logger.warn(
					"The count of products was wrong by {}, as after a load with triggers off; it is right now",
					missing));
	}

	/** How many products there are. */
	record Counts(long all, long inactive) {
	}

}
