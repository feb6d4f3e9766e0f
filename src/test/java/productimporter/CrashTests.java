package productimporter;

import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills real processes: what an undisturbed run leaves behind must be there in the end.
 */
class CrashTests {

	private static final int ROWS = 60_000;

	private static final String SMALL_CHUNKS = "importer.job.chunk-size=500";

	@TempDir
	Path directory;

	@Test
	void anImportWhoseApplicationIsKilledGoesOnByItselfFromItsLastChunk() {
		ProductFile file = ProductFile.write(this.directory.resolve("products.csv"), ROWS, 11, 0.01);
		Path data = this.directory.resolve("data");
		String task;
		long imported;
		try (ImporterProcess victim = ImporterProcess.start(data, SMALL_CHUNKS)) {
			victim.catalogue().slowDown(0.1);
			task = victim.client().upload(file.path());
			imported = awaitChunks(victim, 5_000);
			victim.kill();
			victim.catalogue().speedUp();
		}
		try (ImporterProcess heir = ImporterProcess.start(data, SMALL_CHUNKS)) {
			assertThat(heir.catalogue().count("product")).isGreaterThanOrEqualTo(imported);
			assertComplete(heir, task, file, 2);
			assertThat(heir.catalogue()
				.count("batch_step_execution WHERE step_name = 'validate' AND status = 'COMPLETED'")).isOne();
		}
	}

	@Test
	void anImportWhosePostgresIsKilledGoesOnByItself() {
		ProductFile file = ProductFile.write(this.directory.resolve("products.csv"), ROWS, 12, 0.01);
		try (ImporterProcess importer = ImporterProcess.start(this.directory.resolve("data"), SMALL_CHUNKS)) {
			importer.catalogue().slowDown(0.1);
			String task = importer.client().upload(file.path());
			awaitChunks(importer, 5_000);
			ProcessHandle postmaster = importer.postmaster();
			postmaster.destroyForcibly();
			Awaitility.await().until(() -> !postmaster.isAlive());
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.ignoreExceptions()
				.until(() -> importer.postmaster().isAlive() && importer.catalogue().count("product") > 0);
			importer.catalogue().speedUp();
			assertComplete(importer, task, file, 2);
		}
	}

	@Test
	void aBulkDeleteWhoseApplicationIsKilledGoesOnFromItsLastChunkAndCountsExactly() {
		int products = 20_000;
		String chunks = "importer.bulk-delete.chunk-size=50";
		Path data = this.directory.resolve("data");
		String task;
		try (ImporterProcess victim = ImporterProcess.start(data, chunks)) {
			victim.catalogue()
				.execute(
						"""
								INSERT INTO product (id, sku, name, active)
								SELECT gen_random_uuid(), 'sku-' || i, 'Product ' || i, i %% 4 > 0 FROM generate_series(1, %d) AS i"""
							.formatted(products));
			task = victim.client()
				.parse(victim.client().delete("/products?active=true").body())
				.get("task_id")
				.asString();
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(10))
				.until(() -> victim.catalogue().count("product") < products - 1_000);
			victim.kill();
			assertThat(victim.catalogue().count("product WHERE active")).as("killed mid-way").isPositive();
		}
		try (ImporterProcess heir = ImporterProcess.start(data, chunks)) {
			JsonNode job = heir.client().awaitJob(task);
			assertThat(job.get("status").asString()).as(job.toString()).isEqualTo("completed");
			assertThat(job.get("deleted").asInt()).isEqualTo(products * 3 / 4);
			assertThat(job.get("rows_total").asInt()).isEqualTo(products * 3 / 4);
			assertThat(job.get("attempt").asInt()).isEqualTo(2);
			assertThat(heir.catalogue().count("product")).isEqualTo(products / 4);
			assertThat(heir.catalogue().count("product WHERE active")).isZero();
		}
	}

	@Test
	void anUploadThatWasAcceptedSurvivesTheDeathOfEverything() {
		ProductFile file = ProductFile.write(this.directory.resolve("products.csv"), 5_000, 13, 0.01);
		Path data = this.directory.resolve("data");
		String task;
		try (ImporterProcess victim = ImporterProcess.start(data, "importer.imports.execute=false")) {
			task = victim.client().upload(file.path());
			victim.postmaster().destroyForcibly();
			victim.kill();
		}
		try (ImporterProcess heir = ImporterProcess.start(data)) {
			assertComplete(heir, task, file, 1);
		}
	}

	@Test
	void aShutdownInOrderEndsAtAChunkAndTheNextStartGoesOn() {
		ProductFile file = ProductFile.write(this.directory.resolve("products.csv"), ROWS, 14, 0.01);
		Path data = this.directory.resolve("data");
		String task;
		try (ImporterProcess first = ImporterProcess.start(data, SMALL_CHUNKS)) {
			first.catalogue().slowDown(0.1);
			task = first.client().upload(file.path());
			awaitChunks(first, 2_000);
			first.terminate();
			first.awaitEnd(Duration.ofSeconds(60));
		}
		try (ImporterProcess second = ImporterProcess.start(data, SMALL_CHUNKS)) {
			second.catalogue().speedUp();
			assertComplete(second, task, file, 2);
			assertThat(second.catalogue().count("import_run WHERE fruitless_attempts > 1")).isZero();
		}
	}

	@Test
	void aFrozenNodeNeitherWritesNorTakesTheRunBackNorBlocksIt() throws Exception {
		ProductFile file = ProductFile.write(this.directory.resolve("products.csv"), 20_000, 15, 0.01);
		String database = TestDatabases.freshDatabase(TestDatabases.embedded18());
		Catalogue catalogue = new Catalogue(database);
		String[] cluster = { SMALL_CHUNKS, "importer.database.url=" + database,
				"importer.uploads.directory=" + this.directory.resolve("uploads") };
		try (ImporterProcess frozen = ImporterProcess.start(this.directory.resolve("frozen"), cluster)) {
			String task;
			try (HeldTable held = HeldTable.products(database)) {
				task = frozen.client().upload(file.path());
				held.awaitWriters(1);
				frozen.signal("STOP");
			}
			try (ImporterProcess heir = ImporterProcess.start(this.directory.resolve("heir"), cluster)) {
				assertComplete(heir, catalogue, task, file, 2);
				frozen.signal("CONT");
				ProductFile next = ProductFile.write(this.directory.resolve("next.csv"), 5_000, 16, 0);
				JsonNode status = heir.client().await(frozen.client().upload(next.path()));
				assertThat(status.get("status").asString()).isEqualTo("completed");
				assertThat(catalogue.count("import_run WHERE attempts > 2")).isZero();
			}
		}
	}

	private static long awaitChunks(ImporterProcess importer, long products) {
		Catalogue catalogue = importer.catalogue();
		return Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(10))
			.until(() -> catalogue.count("product"), (count) -> count >= products);
	}

	private static void assertComplete(ImporterProcess importer, String task, ProductFile file, int attempts) {
		assertComplete(importer, importer.catalogue(), task, file, attempts);
	}

	private static void assertComplete(ImporterProcess importer, Catalogue catalogue, String task, ProductFile file,
			int attempts) {
		JsonNode status = importer.client().await(task);
		assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("completed");
		assertThat(status.get("rows_read").asInt()).isEqualTo(file.rows());
		assertThat(status.get("created").asInt()).isEqualTo(file.products());
		assertThat(status.get("superseded").asInt()).isEqualTo(file.superseded());
		assertThat(status.get("rejected").asInt()).isEqualTo(file.rejected());
		assertThat(status.get("attempts").asInt()).isEqualTo(attempts);
		assertThat(catalogue.digest()).isEqualTo(file.digest());
		assertThat(catalogue.count("refused_row WHERE problem_number = 0")).isEqualTo(file.rejected());
	}

}
