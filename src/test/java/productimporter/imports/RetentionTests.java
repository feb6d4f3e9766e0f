package productimporter.imports;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import productimporter.Catalogue;
import productimporter.TestDatabases;
import productimporter.uploads.Uploads;
import tools.jackson.databind.JsonNode;

import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What has ended is removed when its time is over, and nothing that is needed.
 */
class RetentionTests {

	private static final Duration DAY = Duration.ofDays(1);

	private final String database = TestDatabases.freshDatabase(TestDatabases.embedded18());

	private final Catalogue catalogue = new Catalogue(this.database);

	private final Path uploads = Node.temporaryDirectory();

	private Node node;

	@BeforeEach
	void start() {
		this.node = Node.in(this.database, this.uploads);
	}

	@AfterEach
	void stop() {
		this.node.close();
	}

	@Test
	void aFileIsRemovedWhenItsLastRunEndedLongAgoAndPeopleAreTold() throws Exception {
		UUID run = this.node.upload("old.csv", Node.rows(20) + "no-name,\n");
		this.node.ended(run);
		pass(29);
		assertThat(file(run)).exists();
		assertThat(this.node.json("/upload/status/" + run).get("file_removed_at").isNull()).isTrue();
		pass(31);
		assertThat(file(run)).doesNotExist();
		JsonNode status = this.node.json("/upload/status/" + run);
		assertThat(status.get("status").asString()).isEqualTo("completed");
		assertThat(status.get("file_removed_at").asString()).isNotBlank();
		assertThat(this.node.json("/upload/errors/" + run).get("code").asString()).isEqualTo("upload_vanished");
		assertThat(this.node.get("/ui/uploads/" + run).body()).contains("The file is gone", "its time was over")
			.doesNotContain("Download refused rows");
		assertThat(this.node.get("/ui/jobs").body()).contains("file removed");
	}

	@Test
	void whatWasUnpackedIsRemovedWithTheFileThatWasSent() throws Exception {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
			gzip.write((Node.rows(20) + "no-name,\n").getBytes(StandardCharsets.UTF_8));
		}
		UUID run = this.node.upload("old.csv.gz", packed.toByteArray());
		this.node.ended(run);
		JsonNode status = this.node.json("/upload/status/" + run);
		assertThat(status.get("created").asInt()).isEqualTo(20);
		assertThat(status.get("size_bytes").asLong()).isEqualTo(packed.size());
		assertThat(status.get("sha256").asString())
			.isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(packed.toByteArray())));
		Path unpacked = file(run).resolveSibling(file(run).getFileName() + ".csv");
		pass(29);
		assertThat(unpacked).exists();
		pass(31);
		assertThat(unpacked).doesNotExist();
		assertThat(file(run)).doesNotExist();
	}

	@Test
	void aRunThatStoppedCanGoOnForItsTimeAndThenNoLonger() throws Exception {
		executeNothing();
		UUID run = this.node.upload("stopped.csv", Node.rows(20));
		this.node.post("/upload/stop/" + run);
		pass(29);
		assertThat(file(run)).exists();
		assertThat(this.node.post("/upload/retry/" + run).statusCode()).isEqualTo(202);
		this.node.post("/upload/stop/" + run);
		pass(31);
		assertThat(file(run)).doesNotExist();
		assertThat(this.node.json("/upload/status/" + run).get("restartable").asBoolean()).isFalse();
		JsonNode refused = Node.JSON.readTree(this.node.post("/upload/retry/" + run).body());
		assertThat(refused.get("status").asInt()).isEqualTo(409);
		assertThat(refused.get("code").asString()).isEqualTo("upload_removed");
	}

	@Test
	void aFileThatARunNeedsIsNeverRemoved() throws Exception {
		executeNothing();
		UUID waiting = this.node.upload("waiting.csv", Node.rows(20));
		pass(1000);
		assertThat(file(waiting)).exists();
		this.node.post("/upload/stop/" + waiting);
		this.node.bean(TransactionTemplate.class).executeWithoutResult((status) -> {
			// as whoever is about to queue a run of it does
			assertThat(this.node.bean(Uploads.class).hold(uploadOf(waiting))).isTrue();
			CompletableFuture.runAsync(() -> pass(1000)).join();
		});
		assertThat(file(waiting)).exists();
		assertThat(this.node.post("/upload/retry/" + waiting).statusCode()).isEqualTo(202);
		pass(1000);
		assertThat(file(waiting)).exists();
		assertThat(this.catalogue.count("import_run")).isOne();
	}

	@Test
	void aRunGoesWithAllThatHangsOnIt() throws Exception {
		UUID run = this.node.upload("old.csv", Node.rows(20) + "no-name,\n");
		this.node.ended(run);
		UUID young = this.node.upload("young.csv", Node.rows(10));
		this.node.ended(young);
		Path file = file(run);
		long executions = this.catalogue.count("batch_step_execution");
		this.catalogue
			.execute("UPDATE import_run SET finished_at = finished_at - interval '300 days' WHERE id = '" + run + "'");
		this.catalogue
			.execute("INSERT INTO import_run (id, kind, parameters, title, status, queued_at, next_attempt_at, "
					+ "finished_at) SELECT gen_random_uuid(), 'bulk_delete', '{}', 'all products', 'completed', t, t, t "
					+ "FROM (SELECT now() - interval '300 days' AS t) AS long_ago");
		pass(66);
		assertThat(file).doesNotExist();
		assertThat(this.node.get("/upload/status/" + run).statusCode()).isEqualTo(404);
		assertThat(this.node.json("/upload/status/" + young).get("status").asString()).isEqualTo("completed");
		for (String table : new String[] { "import_run", "import_progress", "import_plan", "upload",
				"batch_job_instance", "batch_job_execution", "batch_job_execution_context" }) {
			assertThat(this.catalogue.count(table)).as(table).isOne();
		}
		assertThat(this.catalogue.count("refused_row")).isZero();
		assertThat(this.catalogue.count("batch_step_execution")).isEqualTo(executions / 2);
	}

	@Test
	void theApplicationLooksByItself() throws Exception {
		this.node.close();
		this.node = Node.in(this.database, this.uploads, "importer.retention.files=1s", "importer.retention.runs=2s",
				"importer.retention.interval=1s");
		UUID run = this.node.upload("old.csv", Node.rows(20));
		Path file = file(run);
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(file).doesNotExist());
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.catalogue.count("import_run")).isZero());
		assertThat(this.catalogue.count("product")).isEqualTo(20);
	}

	@Test
	void aFileWhoseRemovalWasInterruptedIsFoundAtTheNextStart() throws Exception {
		UUID run = this.node.upload("old.csv", Node.rows(20));
		this.node.ended(run);
		Path file = file(run);
		Files.setLastModifiedTime(file,
				FileTime.from(this.node.bean(Clock.class).instant().minus(DAY.multipliedBy(2))));
		this.node.close();
		this.node = Node.in(this.database, this.uploads);
		assertThat(file).exists();
		this.node.close();
		this.catalogue.execute("UPDATE upload SET removed_at = now()");
		this.node = Node.in(this.database, this.uploads);
		assertThat(file).doesNotExist();
	}

	private void executeNothing() {
		this.node.close();
		this.node = Node.in(this.database, this.uploads, "importer.imports.execute=false");
	}

	/** Looks for what has had its time, so many days from now. */
	private void pass(int days) {
		Clock then = Clock.offset(this.node.bean(Clock.class), DAY.multipliedBy(days));
		new RetentionPass(this.node.bean(RetentionTable.class), this.node.bean(ImportRunQuery.class),
				this.node.bean(Uploads.class), this.node.bean(JobLaunch.class),
				this.node.bean(TransactionTemplate.class), this.node.bean(RetentionSettings.class), then)
			.run(() -> true);
	}

	private Path file(UUID run) {
		return this.uploads.resolve(uploadOf(run).toString());
	}

	private UUID uploadOf(UUID run) {
		return UUID.fromString(this.catalogue.text("SELECT upload_id FROM import_run WHERE id = '" + run + "'"));
	}

}
