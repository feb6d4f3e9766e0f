package productimporter.jobs.productimport;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import productimporter.Catalogue;
import productimporter.TestDatabases;
import productimporter.imports.ImportOptions;
import productimporter.uploads.ProductColumns;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What PostgreSQL says it wrote is exactly what it wrote, even when connections race for
 * the same SKUs.
 */
class WrittenTuplesTests {

	private static final ProductColumns COLUMNS = new ProductColumns(0, 1, 2, 3, 4, List.of());

	static Stream<String> servers() {
		return Stream.concat(Stream.of(TestDatabases.embedded18()), TestDatabases.local15().stream());
	}

	@ParameterizedTest
	@MethodSource("servers")
	void racingConnectionsCountEachInsertAndUpdateOnce(String server) throws Exception {
		String url = TestDatabases.freshDatabase(server);
		Catalogue catalogue = new Catalogue(url);
		catalogue.execute(new String(getClass().getResourceAsStream("/db/migration/V1__product.sql").readAllBytes()));
		catalogue.execute("CREATE TABLE log (op text)");
		catalogue.execute("""
				CREATE FUNCTION log_row() RETURNS trigger LANGUAGE plpgsql AS
				$$ BEGIN INSERT INTO log VALUES (TG_OP); RETURN NULL; END $$""");
		catalogue.execute("""
				CREATE TRIGGER log_row AFTER INSERT OR UPDATE ON product FOR EACH ROW EXECUTE FUNCTION log_row()""");
		LongAdder created = new LongAdder();
		LongAdder updated = new LongAdder();
		LongAdder rows = new LongAdder();
		List<CompletableFuture<Void>> writers = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			int seed = i;
			writers.add(CompletableFuture.runAsync(() -> write(url, seed, created, updated, rows)));
		}
		for (CompletableFuture<Void> writer : writers) {
			writer.get(1, TimeUnit.MINUTES);
		}
		assertThat(created.sum()).isEqualTo(catalogue.count("product"))
			.isEqualTo(catalogue.count("log WHERE op = 'INSERT'"));
		assertThat(updated.sum()).isPositive().isEqualTo(catalogue.count("log WHERE op = 'UPDATE'"));
		assertThat(rows.sum()).isEqualTo(4 * 100 * 20);
	}

	private static void write(String url, int seed, LongAdder created, LongAdder updated, LongAdder rows) {
		SingleConnectionDataSource connection = new SingleConnectionDataSource(url + "&reWriteBatchedInserts=true",
				true);
		try {
			TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(connection));
			Random random = new Random(seed);
			RangeCounts counts = new RangeCounts();
			ProductUpsertWriter writer = new ProductUpsertWriter(connection,
					new ProductUpsert(COLUMNS, ImportOptions.DEFAULT), counts,
					new ChunkChanges(connection, List.of(), UUID.randomUUID()));
			for (int i = 0; i < 100; i++) {
				int from = i * 10;
				transaction.executeWithoutResult((status) -> {
					List<ValidProduct> chunk = new ArrayList<>();
					for (int sku = from; sku < from + 20; sku++) {
						chunk.add(new ValidProduct("s" + sku, "name", null, BigDecimal.valueOf(random.nextInt(2))));
					}
					try {
						writer.write(new Chunk<>(chunk));
					}
					catch (Exception ex) {
						throw new IllegalStateException(ex);
					}
				});
			}
			new JdbcTemplate(connection).execute("SELECT 1");
			created.add(counts.counts().created());
			updated.add(counts.counts().updated());
			rows.add(counts.counts().rows());
		}
		finally {
			connection.destroy();
		}
	}

}
