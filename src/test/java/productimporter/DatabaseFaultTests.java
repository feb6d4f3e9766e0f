package productimporter;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import productimporter.platform.KillablePostgres;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What can happen to the database at random moments of an import, by
 * {@code ops/faults/run}. Short forms are in {@link CrashTests}, {@code RunOutcomeTests}
 * and {@code ImportDiskFullTests}.
 */
@EnabledIfSystemProperty(named = "faults.count", matches = ".+", disabledReason = "short forms are elsewhere")
class DatabaseFaultTests {

	private static final String IMPATIENT = "importer.database.pool-timeout=2s";

	@TempDir
	Path directory;

	private Faults faults;

	@BeforeEach
	void write() {
		this.faults = new Faults(this.directory);
	}

	@Test
	void postgresIsKilledAndComesBackAfterAWhile() {
		try (KillablePostgres postgres = KillablePostgres.start(this.directory.resolve("postgres"))) {
			Catalogue catalogue = new Catalogue(postgres.url());
			try (ImporterProcess importer = ImporterProcess.start(this.directory.resolve("data"), Faults.CHUNKS,
					IMPATIENT, "importer.database.url=" + postgres.url())) {
				this.faults.learnWarm(importer, catalogue);
				for (int i = 0; i < this.faults.count(); i++) {
					catalogue.execute("TRUNCATE product");
					String task = importer.client().upload(this.faults.file().path());
					this.faults.pauseInImport();
					this.faults.hit(importer.client().status(task).get("status").asString());
					postgres.kill();
					this.faults.pause(Long.getLong("faults.away", 20_000));
					postgres.start();
					this.faults.assertComplete(importer.client(), catalogue, task);
				}
			}
		}
		this.faults.tell("PostgreSQL killed and brought back");
	}

	@Test
	void theEmbeddedPostgresIsKilled() {
		try (ImporterProcess importer = ImporterProcess.start(this.directory.resolve("data"), Faults.CHUNKS)) {
			this.faults.learnWarm(importer, importer.catalogue());
			for (int i = 0; i < this.faults.count(); i++) {
				importer.catalogue().execute("TRUNCATE product");
				String task = importer.client().upload(this.faults.file().path());
				this.faults.pauseInImport();
				this.faults.hit(importer.client().status(task).get("status").asString());
				importer.postmaster().destroyForcibly();
				this.faults.assertComplete(importer.client(), importer.catalogue(), task);
			}
		}
		this.faults.tell("embedded PostgreSQL killed");
	}

	@Test
	void connectionsAreCut() {
		try (ImporterProcess importer = ImporterProcess.start(this.directory.resolve("data"), Faults.CHUNKS)) {
			Catalogue catalogue = importer.catalogue();
			this.faults.learnWarm(importer, catalogue);
			for (int i = 0; i < this.faults.count(); i++) {
				catalogue.execute("TRUNCATE product");
				String task = importer.client().upload(this.faults.file().path());
				this.faults.pauseInImport();
				this.faults.hit(importer.client().status(task).get("status").asString());
				catalogue.count("(SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
						+ "AND datname = current_database()) AS cut");
				this.faults.assertComplete(importer.client(), catalogue, task);
			}
		}
		this.faults.tell("connections cut");
	}

	@Test
	void theDiskOfEverythingFillsUp() throws Exception {
		Path data = Files.createDirectories(this.directory.resolve("disk"));
		// every round leaves its upload behind
		try (Tmpfs disk = Tmpfs.mount(data, 1500 + this.faults.count() * 100);
				ImporterProcess importer = ImporterProcess.start(data, Faults.CHUNKS, IMPATIENT,
						"importer.uploads.keep-free=0B", "importer.imports.max-attempts=2")) {
			this.faults.learnWarm(importer, importer.catalogue());
			for (int i = 0; i < this.faults.count(); i++) {
				importer.catalogue().execute("TRUNCATE product");
				String task = importer.client().upload(this.faults.file().path());
				this.faults.pauseInImport();
				Path filler = fill(data.resolve("filler"));
				this.faults.hit(stateWithoutRoom(importer, task));
				Files.delete(filler);
				Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> goesOn(importer, task));
				this.faults.assertComplete(importer.client(), importer.catalogue(), task);
			}
		}
		this.faults.tell("disk full");
	}

	private static Path fill(Path filler) throws IOException {
		byte[] block = new byte[1 << 16];
		try (OutputStream out = Files.newOutputStream(filler)) {
			while (true) {
				out.write(block);
			}
		}
		catch (IOException ex) {
			return filler;
		}
	}

	/**
	 * Why the run has failed, or that nothing can be known while the database is down.
	 */
	private static String stateWithoutRoom(ImporterProcess importer, String task) {
		return Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> stateNow(importer, task), (state) -> !state.isEmpty());
	}

	private static String stateNow(ImporterProcess importer, String task) {
		JsonNode status = importer.client().status(task);
		if (!status.has("task_id")) {
			return "database down";
		}
		return switch (status.get("status").asString()) {
			case "completed" -> "completed before";
			case "failed" -> {
				assertThat(status.get("restartable").asBoolean()).isTrue();
				yield status.get("error_code").asString();
			}
			default -> "";
		};
	}

	private static boolean goesOn(ImporterProcess importer, String task) {
		JsonNode status = importer.client().status(task);
		if (status.path("status").asString().equals("failed")) {
			importer.client().post("/upload/retry/" + task);
		}
		return status.path("status").asString().equals("completed");
	}

}
