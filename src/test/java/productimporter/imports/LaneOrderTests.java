package productimporter.imports;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import productimporter.Catalogue;
import productimporter.TestDatabases;
import productimporter.platform.StartupFailed;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What waits for what with two lanes, and after one was taken away.
 */
class LaneOrderTests {

	private final String database = TestDatabases.freshDatabase(TestDatabases.embedded18());

	private final Path uploads = Node.temporaryDirectory();

	private final Catalogue catalogue = new Catalogue(this.database);

	@Test
	void aRunThatIsTriedAgainLaterHoldsItsLaneUpAndWithOneLaneAllOthers() throws Exception {
		UUID stumbling;
		try (Node two = node(2)) {
			this.catalogue.execute("ALTER TABLE product ADD CONSTRAINT stumbling_block CHECK (sku <> 'bad')");
			stumbling = two.upload("stumbling.csv", "sku,name\nbad,One\n");
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> this.catalogue
					.count("import_run WHERE next_attempt_at > now() + interval '1 minute'") == 1);
			assertThat(completed(two, two.upload("b.csv", Node.rows(100))).get("created").asLong()).isEqualTo(100);
			assertThat(completed(two, two.upload("c.csv", Node.rows(200))).get("created").asLong()).isEqualTo(100);
			assertThat(two.json("/upload/status/" + stumbling).get("status").asString()).isEqualTo("importing");
		}
		this.catalogue.execute("UPDATE import_run SET lane = 2 WHERE id = '" + stumbling + "'");
		try (Node one = node(1)) {
			UUID waiting = one.upload("d.csv", Node.rows(300));
			awaitLookedAtTwice();
			assertThat(one.json("/upload/status/" + waiting).get("status").asString()).isEqualTo("queued");

			// someone works in the second lane still, as this node's settings don't know
			// of
			this.catalogue.execute("UPDATE scheduled_import SET picked = true, picked_by = 'node-elsewhere', "
					+ "last_heartbeat = now() + interval '1 hour' WHERE task_name = 'import-queue-2'");
			this.catalogue.execute("ALTER TABLE product DROP CONSTRAINT stumbling_block; "
					+ "UPDATE import_run SET next_attempt_at = now() WHERE id = '" + stumbling + "'");
			awaitLookedAtTwice();
			assertThat(one.json("/upload/status/" + stumbling).get("attempts").asInt()).isOne();
			assertThat(one.json("/upload/status/" + waiting).get("status").asString()).isEqualTo("queued");

			// and is gone
			this.catalogue.execute("UPDATE scheduled_import SET last_heartbeat = now() - interval '1 hour' "
					+ "WHERE task_name = 'import-queue-2'");
			JsonNode last = completed(one, waiting);
			JsonNode first = completed(one, stumbling);
			assertThat(first.get("attempts").asInt()).isEqualTo(2);
			assertThat(Instant.parse(last.get("started_at").asString()))
				.isAfterOrEqualTo(first.get("finished_at").asString());
		}
	}

	@Test
	void aPoolThatIsTooSmallForSoManyRunsIsRefusedAtTheStart() {
		assertThatThrownBy(() -> node(3).close()).hasRootCauseInstanceOf(StartupFailed.class)
			.rootCause()
			.hasMessageContaining("importer.imports.runs-at-once 3")
			.hasMessageContaining("the pool has 8 connections");
	}

	private Node node(int runsAtOnce) {
		return Node.in(this.database, this.uploads, "importer.imports.runs-at-once=" + runsAtOnce,
				"importer.job.partitions=2", "importer.database.maximum-pool-size=8",
				"importer.imports.poll-interval=100ms", "importer.imports.retry-delay=1h",
				"importer.imports.heartbeat=300ms", "importer.database.idle-in-transaction-timeout=1s");
	}

	private static JsonNode completed(Node node, UUID run) {
		JsonNode status = node.ended(run);
		assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("completed");
		return status;
	}

	/** From now on. */
	private void awaitLookedAtTwice() {
		for (int i = 0; i < 2; i++) {
			String before = this.catalogue.text("SELECT clock_timestamp()");
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> this.catalogue.count(
						"scheduled_import WHERE task_name = 'import-queue' AND last_success > '" + before + "'") == 1);
		}
	}

}
