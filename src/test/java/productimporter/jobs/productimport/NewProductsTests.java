package productimporter.jobs.productimport;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import productimporter.TestDatabases;
import productimporter.imports.ImportOptions;
import productimporter.imports.RowCounts;
import productimporter.products.ProductChanges;
import productimporter.uploads.ProductColumns;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A chunk that is new as a whole goes in by COPY and leaves what the upsert would have
 * left; any other leaves the COPY without a trace. Long, since all of it needs the same
 * database with a writer, a listener and a second connection.
 */
class NewProductsTests {

	private static final ProductColumns ALL = new ProductColumns(0, 1, 2, 3, 4, List.of());

	private static final ProductColumns NAMES = new ProductColumns(0, 1, -1, -1, 2, List.of());

	static Stream<String> servers() {
		return Stream.concat(Stream.of(TestDatabases.embedded18()), TestDatabases.local15().stream());
	}

	@ParameterizedTest
	@MethodSource("servers")
	void leavesWhatTheUpsertWouldHaveLeft(String server) {
		List<ValidProduct> products = List.of(new ValidProduct("1", "plain", "a description", new BigDecimal("12.34")),
				new ValidProduct("2", "no price", "", null),
				new ValidProduct("3", "no description", null, new BigDecimal("0.00")),
				new ValidProduct("4", "tab\tand \\N, \\. and\r\nlines", "\"quoted\", comma; 'apostrophe'",
						new BigDecimal("0.01")),
				new ValidProduct("5", "°C 日本語 🛒", "x".repeat(300_000), new BigDecimal("9999999999.99")),
				new ValidProduct("6", "tens", null, new BigDecimal("100.50")),
				new ValidProduct("7", "ten thousands", null, new BigDecimal("10000.00")),
				new ValidProduct("8", "small", null, new BigDecimal("0.10")),
				new ValidProduct("9", "digits", null, new BigDecimal("123456789.98")));
		try (Database copied = new Database(server); Database upserted = new Database(server)) {
			ProductUpsert upsert = new ProductUpsert(ALL, ImportOptions.DEFAULT);
			NewProducts newProducts = new NewProducts(copied.connection, upsert);
			newProducts.upserted(true);
			copied.transaction
				.executeWithoutResult((status) -> assertThat(newProducts.put(ids(products.size()), products)).isTrue());
			upserted.transaction.executeWithoutResult((status) -> upserted.jdbc.update(upsert.sql(false),
					(statement) -> upsert.set(statement, 1, ids(products.size()), products)));
			assertThat(copied.rows()).isEqualTo(upserted.rows())
				.extracting((row) -> new ValidProduct((String) row.get(1), (String) row.get(2), (String) row.get(3),
						(BigDecimal) row.get(4)))
				.isEqualTo(products);
			assertThat(copied.count("product WHERE active AND updated_at = created_at")).isEqualTo(products.size());
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void leavesOutTheColumnsThatTheFileDoesNotHave(String server) {
		try (Database database = new Database(server)) {
			RangeCounts counts = new RangeCounts();
			ItemWriter<ValidProduct> writer = database.writer(NAMES, ImportOptions.DEFAULT, counts);
			database.write(writer, 1, 5);
			database.write(writer, 6, 10);
			assertThat(counts.counts()).isEqualTo(new RowCounts(10, 0, 0, 0, 0));
			assertThat(database.count("product WHERE description IS NULL AND price IS NULL")).isEqualTo(10);
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void theFirstThatIsThereIsNoticedAndThenAllAreUpserted(String server) {
		try (Database database = new Database(server)) {
			database.byHand("s25");
			database.byHand("s45");
			RangeCounts counts = new RangeCounts();
			ItemWriter<ValidProduct> writer = database.writer(ALL, ImportOptions.DEFAULT, counts);
			for (int first = 1; first < 60; first += 10) {
				database.write(writer, first, first + 9);
			}
			assertThat(counts.counts()).isEqualTo(new RowCounts(58, 2, 0, 0, 0));
			assertThat(database.count("product WHERE name LIKE 'name of %'")).isEqualTo(60);
			assertThat(database.told).containsExactlyInAnyOrderElementsOf(database.jdbc.queryForList(
					"""
							SELECT CASE WHEN import_changes IS NULL THEN 'created ' ELSE 'updated ' END || id || ' ' || sku || ' ' || xmin
							FROM product""",
					String.class));
			// the third chunk's COPY has written s21 to s24 at least in vain, at most all
			assertThat(database.statistic("n_tup_ins") - 60).isBetween(4L, 10L);
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void oneThatAnotherCreatesMeanwhileIsUpdated(String server) throws Exception {
		try (Database database = new Database(server);
				Database other = new Database(database);
				Database watcher = new Database(database)) {
			RangeCounts counts = new RangeCounts();
			ItemWriter<ValidProduct> writer = database.writer(ALL, ImportOptions.DEFAULT, counts);
			database.write(writer, 1, 5);
			CountDownLatch created = new CountDownLatch(1);
			CompletableFuture<Void> byHand = CompletableFuture
				.runAsync(() -> other.transaction.executeWithoutResult((status) -> {
					other.byHand("s8");
					created.countDown();
					watcher.awaitWaiting();
				}));
			created.await();
			database.write(writer, 6, 10);
			byHand.get(1, TimeUnit.MINUTES);
			assertThat(counts.counts()).isEqualTo(new RowCounts(9, 1, 0, 0, 0));
			assertThat(database.count("product WHERE name LIKE 'name of %'")).isEqualTo(10);
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void anImportThatOnlyUpdatesCreatesNone(String server) {
		try (Database database = new Database(server)) {
			RangeCounts counts = new RangeCounts();
			ItemWriter<ValidProduct> writer = database.writer(ALL, ImportOptions.of(Map.of("mode", "update")), counts);
			database.write(writer, 1, 5);
			database.write(writer, 6, 10);
			assertThat(counts.counts()).isEqualTo(new RowCounts(0, 0, 10, 0, 0));
			assertThat(database.count("product")).isZero();
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void noPlanReadsTheWholeTableThoughItWasMadeForAnEmptyOne(String server) {
		try (Database database = new Database(server)) {
			database.asks = false;
			database.jdbc.execute("VACUUM (ANALYZE) product");
			long before = database.statistic("seq_scan");
			for (String mode : List.of("update", "create", "upsert")) {
				for (String dryRun : List.of("true", "false")) {
					ImportOptions options = ImportOptions.of(Map.of("mode", mode, "dry_run", dryRun));
					for (int i = 0; i < 10; i++) {
						database.write(database.writer(ALL, options, new RangeCounts()), 1, 5);
					}
					assertThat(database.statistic("seq_scan")).as("%s", options).isEqualTo(before);
				}
			}
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void noPlanReadsTheWholeTableToTellWhatWasCopied(String server) {
		try (Database database = new Database(server)) {
			database.jdbc.execute("VACUUM (ANALYZE) product");
			long before = database.statistic("seq_scan");
			ItemWriter<ValidProduct> writer = database.writer(ALL, ImportOptions.DEFAULT, new RangeCounts());
			for (int first = 1; first <= 100; first += 5) {
				database.write(writer, first, first + 4);
			}
			assertThat(database.told).hasSize(100);
			assertThat(database.statistic("seq_scan")).isEqualTo(before);
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void noPlanReadsTheWholeTableToTellWhatAMixedChunkChanged(String server) {
		try (Database database = new Database(server)) {
			database.byHand("s3");
			database.jdbc.execute("VACUUM (ANALYZE) product");
			long before = database.statistic("seq_scan");
			for (int i = 0; i < 10; i++) {
				ItemWriter<ValidProduct> writer = database.writer(ALL, ImportOptions.DEFAULT, new RangeCounts());
				database.transaction.executeWithoutResult((status) -> {
					database.write(writer, 1, 5);
					status.setRollbackOnly();
				});
			}
			assertThat(database.told).hasSize(50)
				.filteredOn((told) -> told.startsWith("updated ") && told.contains(" s3 "))
				.hasSize(10);
			assertThat(database.statistic("seq_scan")).isEqualTo(before);
		}
	}

	private static List<UUID> ids(int count) {
		return IntStream.range(0, count).mapToObj((i) -> new UUID(0, i)).toList();
	}

	private static List<ValidProduct> products(int first, int last) {
		return IntStream.rangeClosed(first, last)
			.mapToObj((i) -> new ValidProduct("s" + i, "name of " + i, null, new BigDecimal("1")))
			.toList();
	}

	/**
	 * A database with an empty catalogue, one connection to it, and who is told of its
	 * changes.
	 */
	private static final class Database implements AutoCloseable, ProductChanges {

		private final String url;

		private final SingleConnectionDataSource connection;

		private final JdbcTemplate jdbc;

		private final TransactionTemplate transaction;

		private final List<String> told = new ArrayList<>();

		private boolean asks = true;

		private Database(String server) {
			this(server, true);
			Flyway.configure().dataSource(this.connection).load().migrate();
			this.jdbc.execute("ALTER TABLE dry_run_change DROP CONSTRAINT dry_run_change_run_id_fkey");
		}

		/** Another connection to the same. */
		private Database(Database same) {
			this(same.url, false);
		}

		private Database(String server, boolean fresh) {
			this.url = fresh ? TestDatabases.freshDatabase(server) : server;
			this.connection = new SingleConnectionDataSource(this.url, true);
			this.jdbc = new JdbcTemplate(this.connection);
			this.transaction = new TransactionTemplate(new DataSourceTransactionManager(this.connection));
		}

		private void byHand(String sku) {
			this.jdbc.update("INSERT INTO product (id, sku, name) VALUES (gen_random_uuid(), ?, 'by hand')", sku);
		}

		private ItemWriter<ValidProduct> writer(ProductColumns columns, ImportOptions options, RangeCounts counts) {
			ProductUpsert upsert = new ProductUpsert(columns, options);
			UUID run = UUID.randomUUID();
			return options.dryRun() ? new DryRunWriter(this.connection, upsert, run, counts) : new ProductUpsertWriter(
					this.connection, upsert, counts, new ChunkChanges(this.connection, List.of(this), run));
		}

		private void write(ItemWriter<ValidProduct> writer, int first, int last) {
			this.transaction.executeWithoutResult((status) -> {
				try {
					writer.write(new Chunk<>(products(first, last)));
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			});
		}

		@Override
		public ImportInterest importInterest() {
			return new ImportInterest(this.asks, this.asks);
		}

		@Override
		public void imported(UUID taskId, ImportedProducts products) {
			products.created().forEach((item) -> tell("created", item, products.version()));
			products.updated().forEach((item) -> tell("updated", item, products.version()));
		}

		private void tell(String what, Item item, long version) {
			this.told.add(what + " " + item.id() + " " + item.sku() + " " + version);
		}

		/** Until a statement in this database waits for another transaction. */
		private void awaitWaiting() {
			long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
			while (count("pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0) {
				assertThat(System.nanoTime()).as("time to wait").isLessThan(end);
				Thread.onSpinWait();
			}
		}

		private List<List<Object>> rows() {
			List<List<Object>> rows = new ArrayList<>();
			this.jdbc.query("SELECT id, sku, name, description, price, active FROM product ORDER BY sku", (row) -> {
				List<Object> values = new ArrayList<>();
				for (int i = 1; i <= 6; i++) {
					values.add(row.getObject(i));
				}
				rows.add(values);
			});
			return rows;
		}

		private long count(String from) {
			return this.jdbc.queryForObject("SELECT count(*) FROM " + from, Long.class);
		}

		/** A column of pg_stat_user_tables for the products. */
		private long statistic(String column) {
			this.jdbc.execute("SELECT pg_stat_force_next_flush()");
			return this.jdbc.queryForObject("SELECT " + column + " FROM pg_stat_user_tables WHERE relname = 'product'",
					Long.class);
		}

		@Override
		public void close() {
			this.connection.destroy();
		}

	}

}
