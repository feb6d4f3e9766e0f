package productimporter.imports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import productimporter.Catalogue;
import productimporter.HeldTable;
import productimporter.ImporterClient;
import productimporter.TestDatabases;
import productimporter.TestSettings;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs that don't end at the first go: stopped, failed, tried again. Long, since every
 * way to end needs the same slow importer beneath.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "importer.job.chunk-size=500", "importer.job.partitions=1", "importer.imports.retry-delay=10ms",
				"importer.imports.max-attempts=3", "importer.imports.poll-interval=100ms",
				"importer.imports.heartbeat=300ms", "importer.database.idle-in-transaction-timeout=1s",
				"importer.database.pool-timeout=1s" })
class RunOutcomeTests {

	private static final String DATABASE = TestDatabases.freshDatabase(TestDatabases.embedded18());

	private static final Catalogue CATALOGUE = new Catalogue(DATABASE);

	@TempDir
	Path directory;

	@LocalServerPort
	int port;

	@Value("${importer.uploads.directory}")
	Path store;

	@Autowired
	HikariDataSource pool;

	private ImporterClient client;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) {
		TestSettings.set(registry, DATABASE);
	}

	@BeforeEach
	void emptyCatalogue() {
		this.client = new ImporterClient(this.port);
		CATALOGUE.execute("ALTER TABLE product DROP CONSTRAINT IF EXISTS stumbling_block");
		CATALOGUE.execute("TRUNCATE product");
	}

	@Test
	void aStoppedRunKeepsWhatIsInAndGoesOnAtItsNextRow() throws Exception {
		String task;
		try (HeldTable held = HeldTable.products(DATABASE)) {
			task = this.client.upload(file(5_000));
			held.awaitWriters(1);
			assertThat(this.client.post("/upload/stop/" + task).statusCode()).isEqualTo(202);
			assertThat(this.client.status(task).get("status").asString()).isEqualTo("stopping");
		}
		JsonNode stopped = this.client.await(task);
		assertThat(stopped.get("status").asString()).isEqualTo("stopped");
		assertThat(stopped.get("restartable").asBoolean()).isTrue();
		assertThat(stopped.get("created").asLong()).isEqualTo(CATALOGUE.count("product")).isEqualTo(500);
		assertThat(this.client.post("/upload/retry/" + task).statusCode()).isEqualTo(202);
		JsonNode completed = this.client.await(task);
		assertThat(completed.get("status").asString()).isEqualTo("completed");
		assertThat(completed.get("created").asLong()).isEqualTo(5_000);
	}

	@Test
	void aWaitingRunIsStoppedAtOnceAndTheOthersGoOn() throws Exception {
		String first;
		String second;
		try (HeldTable held = HeldTable.products(DATABASE)) {
			first = this.client.upload(file(1_000));
			second = this.client.upload(file(2_000));
			assertThat(this.client.status(second).get("message").asString()).isEqualTo("Waiting behind 1 other import");
			this.client.post("/upload/stop/" + second);
			assertThat(this.client.status(second).get("status").asString()).isEqualTo("stopped");
		}
		assertThat(this.client.await(first).get("created").asLong()).isEqualTo(1_000);
		this.client.post("/upload/retry/" + second);
		assertThat(this.client.await(second).get("created").asLong()).isEqualTo(1_000);
	}

	@Test
	void aRunThatGetsNoFurtherIsFailedAndGoesOnOnceTheCauseIsMended() throws Exception {
		CATALOGUE.execute("ALTER TABLE product ADD CONSTRAINT stumbling_block CHECK (sku <> 'k-0001200')");
		String task = this.client.upload(file(3_000));
		JsonNode failed = this.client.await(task);
		assertThat(failed.get("status").asString()).isEqualTo("failed");
		assertThat(failed.get("error_code").asString()).isEqualTo("gave_up");
		assertThat(failed.get("error").asString()).contains("tried 3 times",
				"violates check constraint \"stumbling_block\")", "nothing was done twice");
		assertThat(failed.get("restartable").asBoolean()).isTrue();
		assertThat(failed.get("created").asLong()).isEqualTo(1_000).isEqualTo(CATALOGUE.count("product"));
		CATALOGUE.execute("ALTER TABLE product DROP CONSTRAINT stumbling_block");
		this.client.post("/upload/retry/" + task);
		JsonNode completed = this.client.await(task);
		assertThat(completed.get("created").asLong()).isEqualTo(3_000);
		assertThat(completed.get("error").isNull()).isTrue();
	}

	@Test
	void aRunIsNotGivenUpWhenItsLastAttemptGotFurther() throws Exception {
		CATALOGUE.execute("CREATE SEQUENCE early");
		CATALOGUE.execute("CREATE SEQUENCE late");
		CATALOGUE.execute(
				"""
						CREATE FUNCTION stumble() RETURNS trigger LANGUAGE plpgsql AS $$
						BEGIN
						    IF (NEW.sku = 'k-0000500' AND nextval('early') < 4) OR (NEW.sku = 'k-0001200' AND nextval('late') < 2) THEN
						        RAISE 'stumbled';
						    END IF;
						    RETURN NEW;
						END $$""");
		CATALOGUE.execute("CREATE TRIGGER stumble BEFORE INSERT ON product FOR EACH ROW EXECUTE FUNCTION stumble()");
		JsonNode completed = this.client.await(this.client.upload(file(3_000)));
		CATALOGUE.execute("DROP FUNCTION stumble CASCADE");
		assertThat(completed.get("status").asString()).isEqualTo("completed");
		assertThat(completed.get("created").asLong()).isEqualTo(3_000);
		assertThat(CATALOGUE.text("SELECT last_value FROM late")).isEqualTo("2");
	}

	@Test
	void whoHoldsARunBeyondItsLeaseDoesNotBlockIt() throws Exception {
		try (Connection frozen = DriverManager.getConnection(DATABASE);
				Statement statement = frozen.createStatement()) {
			frozen.setAutoCommit(false);
			String task;
			try (HeldTable held = HeldTable.products(DATABASE)) {
				String first = this.client.upload(file(500));
				task = this.client.upload(file(1_000));
				statement.execute("SELECT 1 FROM import_run WHERE id = '" + task + "' FOR SHARE");
				held.release();
				this.client.await(first);
			}
			assertThat(this.client.await(task).get("status").asString()).isEqualTo("completed");
			assertThat(frozen.isValid(1)).isFalse();
		}
	}

	@Test
	void aVanishedFileFailsTheRunUntilItIsBack() throws Exception {
		String task = stoppedInTheQueue(file(1_000));
		Path stored = this.store.resolve(CATALOGUE.text("SELECT upload_id FROM import_run WHERE id = '" + task + "'"));
		Path away = Files.move(stored, this.directory.resolve("away"));
		this.client.post("/upload/retry/" + task);
		JsonNode failed = this.client.await(task);
		assertThat(failed.get("error_code").asString()).isEqualTo("upload_vanished");
		assertThat(failed.get("restartable").asBoolean()).isTrue();
		Files.move(away, stored);
		this.client.post("/upload/retry/" + task);
		assertThat(this.client.await(task).get("status").asString()).isEqualTo("completed");
	}

	@Test
	void anAlteredFileIsNotImportedOnAFurtherAttempt() throws Exception {
		CATALOGUE.execute("ALTER TABLE product ADD CONSTRAINT stumbling_block CHECK (sku <> 'k-0001200')");
		String task = this.client.upload(file(3_000));
		this.client.await(task);
		CATALOGUE.execute("ALTER TABLE product DROP CONSTRAINT stumbling_block");
		Path stored = this.store.resolve(CATALOGUE.text("SELECT upload_id FROM import_run WHERE id = '" + task + "'"));
		stored.toFile().setWritable(true);
		Files.writeString(stored, Files.readString(stored).replace("Name 2000", "Name 200X"));
		this.client.post("/upload/retry/" + task);
		JsonNode failed = this.client.await(task);
		assertThat(failed.get("status").asString()).isEqualTo("failed");
		assertThat(failed.get("error_code").asString()).isEqualTo("upload_altered");
		assertThat(CATALOGUE.count("product")).isEqualTo(1_000);
	}

	@Test
	void aRunWhoseThreadIsInterruptedHasFailedAndCanGoOn() throws Exception {
		String task;
		try (HeldTable held = HeldTable.products(DATABASE)) {
			task = this.client.upload(file(5_000));
			held.awaitWriters(1);
			Thread.getAllStackTraces()
				.keySet()
				.stream()
				.filter((thread) -> thread.getName().startsWith("import-range-"))
				.forEach(Thread::interrupt);
		}
		JsonNode failed = this.client.await(task);
		assertThat(failed.get("status").asString()).isEqualTo("failed");
		assertThat(failed.get("error_code").asString()).isEqualTo("interrupted");
		assertThat(failed.get("created").asLong()).isEqualTo(CATALOGUE.count("product")).isLessThan(5_000);
		assertThat(this.client.post("/upload/retry/" + task).statusCode()).isEqualTo(202);
		assertThat(this.client.await(task).get("created").asLong()).isEqualTo(5_000);
	}

	@Test
	void aRunWhoseConnectionsAreCutGoesOnByItself() throws Exception {
		String task;
		try (HeldTable held = HeldTable.products(DATABASE)) {
			task = this.client.upload(file(5_000));
			held.awaitWriters(1);
			assertThat(CATALOGUE.count("(SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
					+ "current_database() AND application_name LIKE 'product-importer%') AS cut"))
				.isPositive();
		}
		JsonNode completed = this.client.await(task);
		assertThat(completed.get("status").asString()).isEqualTo("completed");
		assertThat(completed.get("created").asLong()).isEqualTo(5_000);
		assertThat(completed.get("attempts").asInt()).isGreaterThan(1);
	}

	@Test
	void aRunThatGetsNoConnectionGoesOnOnceThereIsOne() throws Exception {
		List<Connection> taken = new ArrayList<>();
		try {
			String task;
			try (HeldTable held = HeldTable.products(DATABASE)) {
				task = this.client.upload(file(5_000));
				held.awaitWriters(1);
				takeAllConnections(taken);
			}
			Awaitility.await().until(() -> {
				takeAllConnections(taken);
				return CATALOGUE.count("scheduled_import WHERE consecutive_failures > 0") > 0;
			});
			close(taken);
			JsonNode completed = this.client.await(task);
			assertThat(completed.get("status").asString()).isEqualTo("completed");
			assertThat(completed.get("created").asLong()).isEqualTo(5_000);
		}
		finally {
			close(taken);
		}
	}

	@Test
	void anAttemptWhoseEndNobodyNotedIsClosedWhenItsRunHasEnded() throws Exception {
		String task = this.client.upload(file(1_000));
		JsonNode completed = this.client.await(task);
		Awaitility.await().until(() -> CATALOGUE.count("batch_job_execution WHERE end_time IS NULL") == 0);
		// as its node leaves it when it dies between the run's end and the job's
		String last = "job_execution_id = (SELECT max(job_execution_id) FROM batch_job_execution)";
		CATALOGUE.execute("UPDATE batch_job_execution SET status = 'STARTED', end_time = NULL WHERE " + last);
		CATALOGUE
			.execute("UPDATE batch_step_execution SET status = 'STARTED', end_time = NULL WHERE step_name = 'finish' "
					+ "AND " + last);
		JsonNode attempt = Awaitility.await()
			.until(() -> this.client.json("/jobs/" + task).get("attempts").get(0),
					(shown) -> !shown.get("status").asString().equals("started"));
		assertThat(attempt.get("status").asString()).isEqualTo("completed");
		assertThat(attempt.get("finished_at")).isEqualTo(completed.get("finished_at"));
		assertThat(this.client.json("/jobs/" + task).get("steps")).extracting((step) -> step.get("status").asString())
			.containsOnly("completed");
	}

	private void takeAllConnections(List<Connection> taken) throws SQLException {
		try {
			while (true) {
				taken.add(this.pool.getConnection());
			}
		}
		catch (SQLTransientConnectionException ex) {
			assertThat(taken).isNotEmpty();
		}
	}

	private static void close(List<Connection> connections) throws SQLException {
		for (Connection connection : connections) {
			connection.close();
		}
	}

	/** A run of which no attempt was made yet. */
	private String stoppedInTheQueue(Path file) throws Exception {
		try (HeldTable held = HeldTable.products(DATABASE)) {
			String first = this.client.upload(file(500));
			String task = this.client.upload(file);
			this.client.post("/upload/stop/" + task);
			held.release();
			this.client.await(first);
			return task;
		}
	}

	private Path file(int rows) throws IOException {
		Stream<String> lines = Stream.concat(Stream.of("sku,name"),
				Stream.iterate(0, (i) -> i < rows, (i) -> i + 1).map("K-%07d,Name %1$d"::formatted));
		return Files.write(this.directory.resolve(rows + ".csv"), (Iterable<String>) lines::iterator);
	}

}
