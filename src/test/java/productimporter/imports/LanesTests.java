package productimporter.imports;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import productimporter.Catalogue;
import productimporter.HeldTable;
import productimporter.ImporterClient;
import productimporter.TestDatabases;
import productimporter.TestSettings;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two runs at once, with the smallest pool that is allowed. An attempt that gets no
 * further fails its run, so that nothing here is mended by a second one unless it says
 * so.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "importer.imports.runs-at-once=2", "importer.job.chunk-size=500", "importer.job.partitions=2",
				"importer.database.maximum-pool-size=8", "importer.bulk-delete.chunk-size=200",
				"importer.imports.max-attempts=1", "importer.imports.retry-delay=10ms",
				"importer.imports.poll-interval=100ms", "importer.imports.heartbeat=1s",
				"importer.database.idle-in-transaction-timeout=3s", "importer.webhooks.send=false" })
class LanesTests {

	private static final String DATABASE = TestDatabases.freshDatabase(TestDatabases.embedded18());

	private static final Catalogue CATALOGUE = new Catalogue(DATABASE);

	@LocalServerPort
	int port;

	private ImporterClient client;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) {
		TestSettings.set(registry, DATABASE);
	}

	@BeforeEach
	void emptyCatalogue() {
		this.client = new ImporterClient(this.port);
		CATALOGUE.execute("TRUNCATE product");
	}

	@Test
	void twoRunsAreAtWorkAtOnceAndTheThirdWaitsForOneOfThem() throws Exception {
		try (Connection holdsFirst = withProduct("a-0"); Connection holdsSecond = withProduct("b-0")) {
			String first = this.client.upload("first.csv", file("a", "One", 0, 1_000));
			String second = this.client.upload("second.csv", file("b", "Two", 0, 1_000));
			awaitStatus(first, "importing");
			awaitStatus(second, "importing");
			String third = this.client.upload("third.csv", file("c", "Three", 0, 1_000));
			JsonNode waiting = this.client.status(third);
			assertThat(waiting.get("status").asString()).isEqualTo("queued");
			assertThat(waiting.get("message").asString()).isEqualTo("Waiting behind 2 other imports");
			assertThat(this.client.get("/").body()).contains("2 jobs are running, 1 is waiting.", "first.csv",
					"second.csv", "up to 2 at once");
			assertThat(CATALOGUE.text(
					"SELECT string_agg(lane::text, ',' ORDER BY lane) FROM import_run " + "WHERE status = 'importing'"))
				.isEqualTo("1,2");

			holdsSecond.rollback();
			assertCompleted(second, 1_000);
			assertCompleted(third, 1_000);
			assertThat(this.client.status(first).get("status").asString()).isEqualTo("importing");
			holdsFirst.rollback();
			assertCompleted(first, 1_000);
			assertThat(Instant.parse(this.client.status(third).get("started_at").asString()))
				.isAfterOrEqualTo(this.client.status(second).get("finished_at").asString());
		}
	}

	@Test
	void twoFilesWithTheSameProductsInOppositeOrderAccountForEveryRow() throws Exception {
		int rows = 20_000;
		this.client.postJson("/webhooks", """
				{"url": "http://127.0.0.1:9/", "event_types": ["product.created", "product.updated"]}""");
		String first;
		String second;
		try (HeldTable held = HeldTable.products(DATABASE)) {
			first = this.client.upload("up.csv", file("same", "Up", 0, rows));
			second = this.client.upload("down.csv", file("same", "Down", rows - 1, -1));
			held.awaitWriters(4);
		}
		JsonNode up = assertCompleted(first, rows);
		JsonNode down = assertCompleted(second, rows);
		assertThat(up.get("created").asLong() + down.get("created").asLong()).isEqualTo(CATALOGUE.count("product"))
			.isEqualTo(rows);
		// whoever came second to a product has changed it
		assertThat(up.get("updated").asLong() + down.get("updated").asLong()).isEqualTo(rows);
		for (String run : List.of(first, second)) {
			JsonNode status = this.client.status(run);
			assertThat(told("product.created", run)).isEqualTo(status.get("created").asLong());
			assertThat(told("product.updated", run)).isEqualTo(status.get("updated").asLong());
		}
	}

	@Test
	void twoFilesThatOnlyChangeTheSameProductsInOppositeOrderBothEnd() throws Exception {
		int rows = 10_000;
		CATALOGUE.execute("INSERT INTO product (id, sku, name) SELECT gen_random_uuid(), 'same-' || i, 'Old' "
				+ "FROM generate_series(0, " + (rows - 1) + ") AS i ORDER BY random()");
		String first;
		String second;
		try (HeldTable held = HeldTable.products(DATABASE)) {
			first = update("up.csv", file("same", "Up", 0, rows));
			second = update("down.csv", file("same", "Down", rows - 1, -1));
			held.awaitWriters(4);
		}
		assertThat(assertCompleted(first, rows).get("updated").asLong()).isEqualTo(rows);
		assertThat(assertCompleted(second, rows).get("updated").asLong()).isEqualTo(rows);
		assertThat(CATALOGUE.count("product WHERE name ~ '^(Up|Down) '")).isEqualTo(rows);
	}

	private String update(String filename, byte[] file) {
		return this.client.parse(this.client.post(filename, file, Map.of("mode", "update")).body())
			.get("task_id")
			.asString();
	}

	@Test
	void aDeadlockOfTwoRunsIsFollowedByAnotherAttemptHoweverFewAreAllowed() throws Exception {
		// what one takes first the other takes second
		CATALOGUE.execute("""
				CREATE FUNCTION crosswise() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
				    PERFORM pg_advisory_xact_lock(CASE WHEN NEW.name LIKE 'One%' THEN 1 ELSE 2 END);
				    PERFORM pg_sleep(2);
				    PERFORM pg_advisory_xact_lock(CASE WHEN NEW.name LIKE 'One%' THEN 2 ELSE 1 END);
				    RETURN NEW; END $$;
				CREATE TRIGGER crosswise BEFORE INSERT ON product FOR EACH ROW
				WHEN (NEW.sku LIKE '%-600') EXECUTE FUNCTION crosswise()""");
		try {
			String first;
			String second;
			try (HeldTable held = HeldTable.products(DATABASE)) {
				first = this.client.upload("one.csv", file("one", "One", 0, 1_000));
				second = this.client.upload("two.csv", file("two", "Two", 0, 1_000));
				held.awaitWriters(2);
			}
			assertThat(assertCompleted(first, 1_000).get("created").asLong()).isEqualTo(1_000);
			assertThat(assertCompleted(second, 1_000).get("created").asLong()).isEqualTo(1_000);
			assertThat(CATALOGUE.count("product")).isEqualTo(2_000);
			assertThat(this.client.status(first).get("attempts").asInt()
					+ this.client.status(second).get("attempts").asInt())
				.isGreaterThan(2);
		}
		finally {
			CATALOGUE.execute("DROP TRIGGER crosswise ON product; DROP FUNCTION crosswise");
		}
	}

	@Test
	void anImportAndABulkDeleteAtOnceBothCountExactly() throws Exception {
		CATALOGUE.execute("INSERT INTO product (id, sku, name) "
				+ "SELECT gen_random_uuid(), 'both-' || i, 'Old ' || i FROM generate_series(0, 4999) AS i");
		String deletion;
		String run;
		try (HeldTable held = HeldTable.products(DATABASE)) {
			deletion = this.client.parse(this.client.delete("/products?sku=both-").body()).get("task_id").asString();
			run = this.client.upload("both.csv", file("both", "New", 0, 10_000));
			held.awaitWriters(3);
		}
		JsonNode imported = assertCompleted(run, 10_000);
		JsonNode deleted = this.client.awaitJob(deletion);
		assertThat(deleted.get("status").asString()).as(deleted.toString()).isEqualTo("completed");
		assertThat(CATALOGUE.count("product"))
			.isEqualTo(5_000 + imported.get("created").asLong() - deleted.get("deleted").asLong());
		assertThat(CATALOGUE.count("product WHERE name LIKE 'Old%'")).isZero();
	}

	@Test
	void whoHoldsARunBeyondItsLeaseIsEndedAndTheRunBesideItIsNot() throws Exception {
		try (Connection holdsFirst = withProduct("d-0");
				Connection holdsSecond = withProduct("e-0");
				Connection frozen = DriverManager.getConnection(DATABASE);
				Statement statement = frozen.createStatement()) {
			String first = this.client.upload("d.csv", file("d", "One", 0, 1_000));
			String second = this.client.upload("e.csv", file("e", "Two", 0, 1_000));
			awaitStatus(first, "importing");
			awaitStatus(second, "importing");
			String third = this.client.upload("f.csv", file("f", "Three", 0, 1_000));
			frozen.setAutoCommit(false);
			statement.execute("SELECT 1 FROM import_run WHERE id = '" + third + "' FOR SHARE");
			holdsSecond.rollback();
			assertCompleted(second, 1_000);
			assertCompleted(third, 1_000);
			assertThat(frozen.isValid(1)).isFalse();
			// its chunk has been waiting for longer, and went on
			holdsFirst.rollback();
			assertThat(assertCompleted(first, 1_000).get("attempts").asInt()).isOne();
		}
	}

	/** Rows from one number to before another, which may be lower. */
	private static byte[] file(String prefix, String name, int from, int to) {
		int step = (to > from) ? 1 : -1;
		return IntStream.iterate(from, (i) -> i != to, (i) -> i + step)
			.mapToObj((i) -> prefix + "-" + i + "," + name + " " + i + "\n")
			.collect(Collectors.joining("", "sku,name\n", ""))
			.getBytes(StandardCharsets.UTF_8);
	}

	private JsonNode assertCompleted(String run, long rows) {
		JsonNode status = this.client.await(run);
		assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("completed");
		assertThat(status.get("rows_total").asLong()).isEqualTo(rows);
		assertThat(List.of("created", "updated", "unchanged", "superseded", "rejected")
			.stream()
			.mapToLong((count) -> status.get(count).asLong())
			.sum()).as(status.toString()).isEqualTo(rows);
		return status;
	}

	private void awaitStatus(String run, String status) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.client.status(run).get("status").asString().equals(status));
	}

	/**
	 * Has put that product in and not committed it: who puts it in as well has to wait.
	 */
	private static Connection withProduct(String sku) throws SQLException {
		Connection holder = DriverManager.getConnection(DATABASE);
		holder.setAutoCommit(false);
		try (Statement statement = holder.createStatement()) {
			statement.execute("INSERT INTO product (id, sku, name) VALUES (gen_random_uuid(), '" + sku + "', 'Held')");
		}
		return holder;
	}

	/** Products that webhooks are told of. */
	private static long told(String type, String run) {
		return Long.parseLong(CATALOGUE.text("SELECT coalesce(sum(item_count), 0) FROM webhook_event WHERE type = '"
				+ type + "' AND upload_id = '" + run + "'"));
	}

}
