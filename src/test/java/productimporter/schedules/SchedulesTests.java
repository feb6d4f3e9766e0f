package productimporter.schedules;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import productimporter.HeldTable;
import productimporter.ImporterClient;
import productimporter.ProductImporter;
import productimporter.TestDatabases;
import productimporter.TestSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The calls below {@code /schedules}, and what happens when a time has come: tests move
 * it into the past. Long, since each call of the contract and each rule for missed and
 * overlapping times has its test here.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "importer.schedules.poll-interval=100ms", "importer.bulk-delete.chunk-size=50" })
class SchedulesTests {

	private static final String DATABASE = TestDatabases.freshDatabase(TestDatabases.embedded18());

	private static final String OLD = """
			{"name": "Old ones", "cron": "0 0 3 * * SUN", "time_zone": "Europe/Berlin",
			 "filter": {"active": false, "not_updated_for_days": 90}, "limit": 500}""";

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	int port;

	@Autowired
	JdbcClient jdbc;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) {
		TestSettings.set(registry, DATABASE);
	}

	@BeforeEach
	void empty() {
		this.jdbc.sql("TRUNCATE product").update();
		client().json("/schedules").get("items").forEach((item) -> send("DELETE", address(item), "", 204));
		this.jdbc.sql("DELETE FROM import_run").update();
	}

	@Test
	void aScheduleIsAddedReadChangedAndDeleted() {
		JsonNode created = send("POST", "/schedules", OLD, 201);
		assertThat(created.get("name").asString()).isEqualTo("Old ones");
		assertThat(created.get("time_zone").asString()).isEqualTo("Europe/Berlin");
		assertThat(created.get("enabled").asBoolean()).isTrue();
		assertThat(created.get("filter").get("not_updated_for_days").asInt()).isEqualTo(90);
		assertThat(created.get("filter").get("active").asBoolean()).isFalse();
		assertThat(created.get("limit").asInt()).isEqualTo(500);
		assertThat(created.get("last").isNull()).isTrue();
		assertThat(created.get("next_runs")).hasSize(3);
		assertThat(client().json("/schedules").get("items")).containsExactly(created);
		assertThat(client().json(address(created))).isEqualTo(created);

		JsonNode changed = send("PUT", address(created), """
				{"name": "Off", "cron": "0 30 1 * * *", "enabled": false, "filter": {"sku": "test-"}}""", 200);
		assertThat(changed.get("time_zone").asString()).isEqualTo("UTC");
		assertThat(changed.get("next_runs")).isEmpty();
		assertThat(changed.get("limit").isNull()).isTrue();
		assertThat(changed.get("filter").get("active").isNull()).isTrue();
		assertThat(planned()).isZero();
		send("PUT", address(created), OLD, 200);
		assertThat(planned()).isOne();

		send("DELETE", address(created), "", 204);
		assertThat(planned()).isZero();
		for (String call : List.of("GET", "DELETE")) {
			send(call, address(created), "", 404);
		}
		send("PUT", address(created), OLD, 404);
		send("POST", address(created) + "/run", "", 404);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"cron": "0 0 3 * * *", "filter": {}}                                                       | name
					{"name": " ", "cron": "0 0 3 * * *", "filter": {}}                                          | name
					{"name": "a\\u0007b", "cron": "0 0 3 * * *", "filter": {}}                                  | name
					{"name": "a", "filter": {}}                                                                 | cron
					{"name": "a", "cron": "0 0 25 * * *", "filter": {}}                                         | cron
					{"name": "a", "cron": "0 0 3 * * *", "time_zone": "Mars", "filter": {}}                     | time_zone
					{"name": "a", "cron": "0 0 3 * * *"}                                                        | filter
					{"name": "a", "cron": "0 0 3 * * *", "filter": {"skuu": "x"}}                               | filter.skuu
					{"name": "a", "cron": "0 0 3 * * *", "filter": {"sku": ""}}                                 | filter.sku
					{"name": "a", "cron": "0 0 3 * * *", "filter": {"sku": "a\\u0000"}}                         | filter.sku
					{"name": "a", "cron": "0 0 3 * * *", "filter": {"active": "no"}}                            | filter.active
					{"name": "a", "cron": "0 0 3 * * *", "filter": {"price_min": "cheap"}}                      | filter.price_min
					{"name": "a", "cron": "0 0 3 * * *", "filter": {"price_max": 1e2000}}                       | filter.price_max
					{"name": "a", "cron": "0 0 3 * * *", "filter": {"price_min": 0.00001}}                      | filter.price_min
					{"name": "a", "cron": "0 0 3 * * *", "filter": {"not_updated_for_days": 0}}                 | filter.not_updated_for_days
					{"name": "a", "cron": "0 0 3 * * *", "filter": {}, "limit": 0}                              | limit
					{"name": "a", "cron": "0 0 3 * * *", "filter": {}, "filters": {}}                           | filters
					""")
	void aFieldThatIsWrongIsNamedAndNothingIsAdded(String body, String field) {
		JsonNode problem = send("POST", "/schedules", body, 422);
		assertThat(problem.get("field").asString()).isEqualTo(field);
		assertThat(client().json("/schedules").get("items")).isEmpty();
		JsonNode schedule = send("POST", "/schedules", OLD, 201);
		assertThat(send("PUT", address(schedule), body, 422).get("field").asString()).isEqualTo(field);
		assertThat(client().json(address(schedule))).isEqualTo(schedule);
	}

	@Test
	void whatIsNoJsonOrNoParameterIsRefused() {
		send("POST", "/schedules", "", 400);
		send("POST", "/schedules", "null", 400);
		send("POST", "/schedules", "{\"name\": ", 400);
		send("GET", "/schedules?page=1", "", 400);
		JsonNode schedule = send("POST", "/schedules", OLD, 201);
		send("POST", address(schedule) + "/run?expected=1", "", 400);
		send("POST", address(schedule) + "/run?expected_count=", "", 400);
		assertThat(jobs()).isZero();
	}

	@Test
	void itIsRunNowAndDeletesWhatMatches() {
		fill();
		JsonNode schedule = send("POST", "/schedules", OLD, 201);
		JsonNode started = send("POST", address(schedule) + "/run", "", 202);
		String task = started.get("task_id").asString();
		assertThat(started.get("status_url").asString()).isEqualTo("/jobs/" + task);
		JsonNode job = client().awaitJob(task);
		assertThat(job.get("deleted").asInt()).as(job.toString()).isEqualTo(100);
		assertThat(count("product WHERE sku LIKE 'old-inactive-%'")).isZero();
		assertThat(count("product")).isEqualTo(300);
		JsonNode last = client().json(address(schedule)).get("last");
		assertThat(last.get("result").asString()).isEqualTo("queued");
		assertThat(last.get("message").asString()).isEqualTo("Deleted 100 products");
		assertThat(last.get("task_id").asString()).isEqualTo(task);
		assertThat(client().json(address(schedule)).get("next_runs")).isEqualTo(schedule.get("next_runs"));
	}

	@Test
	void beyondItsLimitItIsHeldUntilSomeoneDecides() {
		fill();
		JsonNode schedule = send("POST", "/schedules", OLD.replace("500", "99"), 201);
		comes(schedule, Duration.ofSeconds(1));
		JsonNode last = awaitLast(schedule);
		assertThat(last.get("result").asString()).isEqualTo("held");
		assertThat(last.get("count").asInt()).isEqualTo(100);
		assertThat(last.get("message").asString()).isEqualTo("Held: 100 match");
		assertThat(last.get("task_id").isNull()).isTrue();
		assertThat(jobs()).isZero();
		JsonNode problem = send("POST", address(schedule) + "/run", "", 409);
		assertThat(problem.get("code").asString()).isEqualTo("too_many_match");
		assertThat(send("POST", address(schedule) + "/run?expected_count=99", "", 409).get("count").asInt())
			.isEqualTo(100);
		assertThat(count("product")).isEqualTo(400);
		String task = send("POST", address(schedule) + "/run?expected_count=100", "", 202).get("task_id").asString();
		assertThat(client().awaitJob(task).get("deleted").asInt()).isEqualTo(100);
	}

	@Test
	void aTimeThatHasComeStartsOneJobAndTheNextIsPlanned() {
		fill();
		JsonNode schedule = send("POST", "/schedules", OLD, 201);
		comes(schedule, Duration.ofMinutes(10));
		JsonNode last = awaitLast(schedule);
		assertThat(last.get("result").asString()).isEqualTo("queued");
		assertThat(client().awaitJob(last.get("task_id").asString()).get("deleted").asInt()).isEqualTo(100);
		assertThat(client().json(address(schedule)).get("next_runs")).isEqualTo(schedule.get("next_runs"));
		triggerAgain(schedule);
		assertThat(jobs()).isOne();
		assertThat(client().json(address(schedule)).get("last").get("at")).isEqualTo(last.get("at"));
	}

	@Test
	void aTimeThatNobodyWasThereForIsMadeUpForUnlessItIsLongAgo() {
		fill();
		JsonNode schedule = send("POST", "/schedules", OLD, 201);
		comes(schedule, Duration.ofMinutes(61));
		assertThat(awaitLast(schedule).get("result").asString()).isEqualTo("missed");
		assertThat(jobs()).isZero();

		JsonNode hourly = send("POST", "/schedules", OLD.replace("0 0 3 * * SUN", "0 0 * * * *"), 201);
		comes(hourly, Duration.ofHours(30));
		JsonNode last = awaitLast(hourly);
		assertThat(last.get("result").asString()).as("the last of thirty").isEqualTo("queued");
		assertThat(Instant.parse(last.get("at").asString())).isAfter(Instant.now().minus(Duration.ofMinutes(61)));
		client().awaitJob(last.get("task_id").asString());
		assertThat(jobs()).isOne();
	}

	@Test
	void oneWhoseLastJobHasNotEndedIsSkipped() throws Exception {
		fill();
		JsonNode schedule = send("POST", "/schedules", OLD, 201);
		try (HeldTable held = HeldTable.products(DATABASE)) {
			String task = send("POST", address(schedule) + "/run", "", 202).get("task_id").asString();
			comes(schedule, Duration.ofSeconds(1));
			JsonNode last = Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> client().json(address(schedule)).get("last"),
						(found) -> found.get("result").asString().equals("skipped"));
			assertThat(last.get("message").asString()).isEqualTo("Skipped: the job before had not ended");
			assertThat(send("POST", address(schedule) + "/run", "", 409).get("code").asString())
				.isEqualTo("schedule_running");
			held.release();
			assertThat(client().awaitJob(task).get("deleted").asInt()).isEqualTo(100);
		}
		assertThat(jobs()).isOne();
	}

	@Test
	void inAClusterATimeStartsOneJob() {
		fill();
		try (ConfigurableApplicationContext other = otherNode()) {
			for (int i = 1; i <= 5; i++) {
				JsonNode schedule = send("POST", "/schedules", OLD, 201);
				comes(schedule, Duration.ofSeconds(1));
				awaitLast(schedule);
			}
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> count("scheduled_delete WHERE picked OR execution_time < now()") == 0);
			assertThat(jobs()).isEqualTo(5);
			assertThat(count("schedule WHERE last_result = 'queued'")).isEqualTo(5);
			assertThat(other.isRunning()).isTrue();
		}
	}

	private ConfigurableApplicationContext otherNode() {
		return new SpringApplicationBuilder(ProductImporter.class).run("--server.port=0",
				"--importer.database.url=" + DATABASE, "--importer.database.maximum-pool-size=6",
				"--importer.job.partitions=2", "--importer.data-dir=target/test-data/" + System.nanoTime(),
				"--importer.schedules.poll-interval=100ms", "--spring.jmx.enabled=false");
	}

	/** Moves a schedule's next time into the past. */
	private void comes(JsonNode schedule, Duration ago) {
		String id = schedule.get("id").asString();
		this.jdbc.sql("""
				WITH moved AS (UPDATE schedule SET next_at = now() - ?::interval WHERE id = ?::uuid)
				UPDATE scheduled_delete SET execution_time = now() - interval '1 second' WHERE task_instance = ?""")
			.params(ago.toSeconds() + " seconds", id, id)
			.update();
	}

	/** As a node would do that takes over from one that died after it had started it. */
	private void triggerAgain(JsonNode schedule) {
		String id = schedule.get("id").asString();
		Awaitility.await()
			.until(() -> this.jdbc
				.sql("UPDATE scheduled_delete SET execution_time = now() WHERE task_instance = ? AND NOT picked "
						+ "AND execution_time > now() + interval '1 minute'")
				.param(id)
				.update() == 1);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> count("scheduled_delete WHERE execution_time > now() AND task_instance = '" + id + "'") == 1);
	}

	private JsonNode awaitLast(JsonNode schedule) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> client().json(address(schedule)).get("last"), (last) -> !last.isNull());
	}

	/** A hundred of each kind. */
	private void fill() {
		this.jdbc.sql("""
				INSERT INTO product (id, sku, name, active, updated_at)
				SELECT gen_random_uuid(), age || '-' || activity || '-' || i, 'Product', activity = 'active',
				       now() - CASE age WHEN 'old' THEN interval '91 days' ELSE interval '89 days' END
				FROM generate_series(1, 100) AS i, unnest(ARRAY['old', 'new']) AS age,
				     unnest(ARRAY['active', 'inactive']) AS activity""").update();
	}

	private long planned() {
		return count("scheduled_delete");
	}

	private long jobs() {
		return count("import_run");
	}

	private long count(String from) {
		return this.jdbc.sql("SELECT count(*) FROM " + from).query(Long.class).single();
	}

	private static String address(JsonNode schedule) {
		return "/schedules/" + schedule.get("id").asString();
	}

	private ImporterClient client() {
		return new ImporterClient(this.port);
	}

	private JsonNode send(String method, String path, String body, int status) {
		try {
			HttpResponse<String> response = this.http
				.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
					.header("Content-Type", "application/json")
					.method(method, HttpRequest.BodyPublishers.ofString(body))
					.build(), HttpResponse.BodyHandlers.ofString());
			assertThat(response.statusCode()).as(method + " " + path + ": " + response.body()).isEqualTo(status);
			return client().parse(response.body().isEmpty() ? "{}" : response.body());
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
