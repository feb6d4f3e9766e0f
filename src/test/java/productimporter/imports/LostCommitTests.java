package productimporter.imports;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import productimporter.Catalogue;
import productimporter.TestDatabases;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Chunks of whose COMMIT the application doesn't learn what became of it, and chunks that
 * fail only there. In the end each row is in once and counted once.
 */
class LostCommitTests {

	private static final int ROWS = 5_000;

	private static final long GATE = 4711;

	private static final String COMMITTING = """
			pg_stat_activity WHERE datname = current_database() AND query = 'COMMIT'
			AND state = 'active' AND wait_event = 'advisory'""";

	private final String database = TestDatabases.freshDatabase(TestDatabases.embedded18());

	private final Catalogue catalogue = new Catalogue(this.database);

	private CuttableProxy proxy;

	private Node node;

	@BeforeEach
	void start() throws Exception {
		this.proxy = new CuttableProxy(this.database);
		this.node = Node.in(this.proxy.url(), Node.temporaryDirectory(), "importer.job.chunk-size=500",
				"importer.job.partitions=1", "importer.imports.retry-delay=10ms",
				"importer.imports.poll-interval=100ms");
	}

	@AfterEach
	void stop() throws Exception {
		this.node.close();
		this.proxy.close();
	}

	@Test
	void aChunkThatWasCommittedWithoutTheApplicationsKnowledgeIsNotCountedAgain() throws Exception {
		atCommitOf("sku-1700", "PERFORM pg_advisory_xact_lock(" + GATE + ")");
		UUID run;
		try (Connection gate = DriverManager.getConnection(this.database);
				Statement statement = gate.createStatement()) {
			statement.execute("SELECT pg_advisory_lock(" + GATE + ")");
			run = this.node.upload("lost.csv", Node.rows(ROWS));
			await(COMMITTING, 1);
			this.proxy.holdAnswers();
			statement.execute("SELECT pg_advisory_unlock(" + GATE + ")");
			await(COMMITTING, 0);
			await("product WHERE sku = 'sku-1700'", 1);
			this.proxy.cut();
		}
		assertThat(assertEachRowIsInOnce(run).get("attempts").asInt()).isGreaterThan(1);
	}

	@Test
	void aChunkThatCouldNotBeCommittedIsWrittenAgain() throws Exception {
		this.catalogue.execute("CREATE SEQUENCE tried");
		atCommitOf("sku-1700", "IF nextval('tried') = 1 THEN RAISE EXCEPTION 'not yet'; END IF");
		JsonNode status = assertEachRowIsInOnce(this.node.upload("refused.csv", Node.rows(ROWS)));
		assertThat(status.get("attempts").asInt()).isEqualTo(2);
		assertThat(this.catalogue.text("SELECT last_value FROM tried")).isEqualTo("2");
	}

	private JsonNode assertEachRowIsInOnce(UUID run) {
		JsonNode status = this.node.ended(run);
		assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("completed");
		assertThat(status.get("rows_read").asInt()).isEqualTo(ROWS);
		assertThat(status.get("created").asInt()).as(status.toString()).isEqualTo(ROWS);
		assertThat(this.catalogue.count("product")).isEqualTo(ROWS);
		return status;
	}

	/** Does something when a transaction that has put that product in is committed. */
	private void atCommitOf(String sku, String statements) {
		this.catalogue.execute("""
				CREATE FUNCTION at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN %s; RETURN NULL; END $$;
				CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON product DEFERRABLE INITIALLY DEFERRED
				FOR EACH ROW WHEN (NEW.sku = '%s') EXECUTE FUNCTION at_commit()""".formatted(statements, sku));
	}

	private void await(String fromAndWhere, long count) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.pollInterval(Duration.ofMillis(10))
			.until(() -> this.catalogue.count(fromAndWhere) == count);
	}

}
