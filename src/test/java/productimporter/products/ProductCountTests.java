package productimporter.products;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The number of products is what count(*) says, whoever writes them and however.
 */
class ProductCountTests extends ProductsTest {

	private static final String INSERT = """
			INSERT INTO product (id, sku, name) SELECT gen_random_uuid(), i::text, 'x' FROM generate_series(%d, %d) AS i
			ON CONFLICT (sku) DO UPDATE SET name = product.name || 'y'""";

	@Autowired
	ProductCount count;

	@Autowired
	DataSource database;

	@Test
	void itIsExactInEverySnapshotWhileManyWriteGiveUpEmptyAndPutTogether() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(6);
		AtomicBoolean done = new AtomicBoolean();
		List<Future<?>> writers = new ArrayList<>();
		for (int writer = 0; writer < 4; writer++) {
			int seed = writer;
			writers.add(threads.submit(() -> {
				write(new Random(seed));
				return null;
			}));
		}
		Future<?> folder = threads.submit(() -> {
			while (!done.get()) {
				this.count.putTogether();
				this.count.mend();
			}
		});
		Future<Integer> reader = threads.submit(() -> {
			int looks = 0;
			while (!done.get()) {
				assertThat(difference()).isZero();
				looks++;
			}
			return looks;
		});
		try {
			for (Future<?> writer : writers) {
				writer.get();
			}
		}
		finally {
			done.set(true);
		}
		folder.get();
		assertThat(reader.get()).isPositive();
		threads.shutdown();
		this.count.putTogether();
		assertThat(difference()).isZero();
		assertThat(this.jdbc.sql("SELECT count(*) FROM product_count").query(Long.class).single()).isEqualTo(1);
	}

	@Test
	void aLoadWithTriggersOffIsCountedAtTheNextLook() throws SQLException {
		fill(7);
		try (Connection connection = this.database.getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("SET session_replication_role = replica");
			statement.execute(INSERT.formatted(1, 100));
			statement.execute("RESET session_replication_role");
		}
		assertThat(list("").get("total").asInt()).isEqualTo(7);
		this.count.mend();
		assertThat(list("").get("total").asInt()).isEqualTo(107);
		this.count.mend();
		assertThat(list("").get("total").asInt()).isEqualTo(107);
	}

	@Test
	void aRoleThatMayWriteProductsAloneIsCountedFromAnySearchPath() throws SQLException {
		this.jdbc.sql("CREATE ROLE counted_writer LOGIN").update();
		this.jdbc.sql("GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON product TO counted_writer").update();
		try (Connection connection = this.database.getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("SET ROLE counted_writer");
			statement.execute("SET search_path = pg_temp");
			statement.execute("CREATE TEMPORARY TABLE product_count (delta bigint)");
			statement.execute(INSERT.formatted(1, 10).replace("INTO product ", "INTO public.product "));
			statement.execute("DELETE FROM public.product WHERE sku = '3'");
			assertThat(this.count.all()).isEqualTo(9);
			statement.execute("TRUNCATE public.product");
			assertThat(this.count.all()).isZero();
			statement.execute("DROP TABLE product_count");
			statement.execute("RESET search_path");
			statement.execute("RESET ROLE");
		}
		this.jdbc.sql("DROP OWNED BY counted_writer").update();
		this.jdbc.sql("DROP ROLE counted_writer").update();
	}

	@Test
	void theDashboardCountsActiveAndInactiveOnes() {
		fill(9);
		assertThat(this.count.counts()).isEqualTo(new ProductCount.Counts(9, 5));
	}

	private void write(Random random) throws SQLException {
		try (Connection connection = this.database.getConnection();
				Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			for (int round = 0; round < 100; round++) {
				statement.execute("SET LOCAL deadlock_timeout = '20ms'");
				int first = random.nextInt(500);
				statement.execute(INSERT.formatted(first, first + random.nextInt(40)));
				connection.setSavepoint();
				statement.execute("DELETE FROM product WHERE sku = '" + random.nextInt(500) + "'");
				switch (random.nextInt(8)) {
					case 0 -> connection.rollback();
					case 1 -> {
						connection.commit();
						statement.execute("TRUNCATE product");
						statement.execute(INSERT.formatted(first, first + 5));
						connection.commit();
					}
					case 2 -> {
						var before = connection.setSavepoint();
						statement.execute("DELETE FROM product");
						connection.rollback(before);
						connection.commit();
					}
					default -> connection.commit();
				}
			}
		}
		catch (SQLException ex) {
			// two that meet on products in different orders; what it did is undone
			if (!"40P01".equals(ex.getSQLState())) {
				throw ex;
			}
			write(random);
		}
	}

	/** In one snapshot, taken when no TRUNCATE can come between. */
	private long difference() throws SQLException {
		try (Connection connection = this.database.getConnection();
				Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			try {
				statement.execute("LOCK TABLE product IN ACCESS SHARE MODE");
				try (var row = statement.executeQuery(
						"""
								SELECT (SELECT count(*) FROM product) - (SELECT coalesce(sum(delta), 0) FROM product_count)""")) {
					row.next();
					return row.getLong(1);
				}
			}
			finally {
				connection.rollback();
				connection.setAutoCommit(true);
			}
		}
	}

}
