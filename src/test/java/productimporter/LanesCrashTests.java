package productimporter;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills real processes that have two runs at work.
 */
class LanesCrashTests {

	private static final int ROWS = 20_000;

	@TempDir
	Path directory;

	private final Catalogue catalogue = new Catalogue(TestDatabases.freshDatabase(TestDatabases.embedded18()));

	@Test
	void bothRunsOfANodeThatIsKilledGoOnFromTheirLastChunks() {
		List<String> tasks;
		try (ImporterProcess victim = start("a")) {
			this.catalogue.slowDown(0.3);
			tasks = List.of(victim.client().upload("x.csv", file("x")), victim.client().upload("y.csv", file("y")));
			tasks.forEach((task) -> awaitChunks(victim.client(), task));
			victim.kill();
			this.catalogue.speedUp();
		}
		try (ImporterProcess heir = start("b"); ImporterProcess other = start("c")) {
			for (String task : tasks) {
				assertThat(completed(heir, task).get("attempts").asInt()).isEqualTo(2);
			}
			assertThat(this.catalogue.count("product")).isEqualTo(2 * ROWS);
			assertThat(
					this.catalogue.count("batch_step_execution WHERE step_name = 'validate' AND status = 'COMPLETED'"))
				.isEqualTo(2);
			oneOfTwoNodesIsKilled(heir, other);
		}
	}

	/** Wherever the two runs are. */
	private void oneOfTwoNodesIsKilled(ImporterProcess one, ImporterProcess other) {
		this.catalogue.execute("TRUNCATE product; ALTER TABLE product ENABLE TRIGGER slowly");
		List<String> tasks = List.of(one.client().upload("v.csv", file("v")), one.client().upload("w.csv", file("w")));
		tasks.forEach((task) -> awaitChunks(one.client(), task));
		ImporterProcess victim = one.logged("Run " + tasks.get(0) + ": attempt 1") ? one : other;
		ImporterProcess heir = (victim == one) ? other : one;
		victim.kill();
		this.catalogue.speedUp();
		assertThat(completed(heir, tasks.get(0)).get("attempts").asInt()).isEqualTo(2);
		assertThat(completed(heir, tasks.get(1)).get("attempts").asInt())
			.isEqualTo(victim.logged("Run " + tasks.get(1) + ": attempt 1") ? 2 : 1);
		assertThat(this.catalogue.count("product")).isEqualTo(2 * ROWS);
	}

	private static void awaitChunks(ImporterClient client, String task) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> client.status(task).get("created").asLong() > 500);
	}

	private static JsonNode completed(ImporterProcess node, String task) {
		JsonNode status = node.client().await(task);
		assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("completed");
		assertThat(status.get("created").asLong()).as(status.toString()).isEqualTo(ROWS);
		return status;
	}

	private static byte[] file(String prefix) {
		return IntStream.range(0, ROWS)
			.mapToObj((i) -> prefix + "-" + i + ",Product " + i + "\n")
			.collect(Collectors.joining("", "sku,name\n", ""))
			.getBytes(StandardCharsets.UTF_8);
	}

	private ImporterProcess start(String name) {
		return ImporterProcess.start(this.directory.resolve(name), "importer.imports.runs-at-once=2",
				"importer.job.partitions=2", "importer.job.chunk-size=500", "importer.database.maximum-pool-size=8",
				"importer.database.url=" + this.catalogue.url(),
				"importer.uploads.directory=" + this.directory.resolve("uploads"));
	}

}
