package productimporter.webhooks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import productimporter.ImporterClient;
import productimporter.TestDatabases;
import productimporter.TestSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of webhooks: one application for all of them, no product and no webhook for each.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "server.address=127.0.0.1", "importer.job.chunk-size=1000", "importer.job.partitions=2" })
abstract class WebhooksTest {

	static final JsonMapper JSON = new JsonMapper();

	@LocalServerPort
	int port;

	@Autowired
	JdbcClient jdbc;

	final HttpClient http = HttpClient.newHttpClient();

	private final List<Receiver> receivers = new ArrayList<>();

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) {
		TestSettings.set(registry, TestDatabases.freshDatabase(TestDatabases.embedded18()));
	}

	@BeforeEach
	@AfterEach
	void empty() {
		this.jdbc.sql("TRUNCATE product, webhook, webhook_event, webhook_delivery, webhook_try, webhook_upload")
			.update();
		this.receivers.forEach(Receiver::close);
		this.receivers.clear();
	}

	Receiver receiver() {
		Receiver receiver = new Receiver();
		this.receivers.add(receiver);
		return receiver;
	}

	static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(20));
	}

	HttpResponse<String> send(String method, String path, String body) {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.header("Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(body))
			.build();
		return this.http.sendAsync(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)).join();
	}

	/** An answer with one of the statuses 200 to 299. */
	JsonNode ok(String method, String path, Object body) {
		HttpResponse<String> response = send(method, path,
				(body instanceof String text) ? text : JSON.writeValueAsString(body));
		assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
		return response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
	}

	JsonNode get(String path) {
		return ok("GET", path, "");
	}

	JsonNode webhook(Receiver receiver, String... types) {
		return webhook(receiver.url(), "batched", types);
	}

	JsonNode webhook(String url, String mode, String... types) {
		return ok("POST", "/webhooks", Map.of("url", url, "event_types", types, "mode", mode));
	}

	JsonNode product(String sku) {
		return ok("POST", "/products", Map.of("sku", sku, "name", "Name of " + sku));
	}

	ImporterClient client() {
		return new ImporterClient(this.port);
	}

	/** Imports a file of lines {@code sku,name,description,price} below a header. */
	JsonNode imported(String rows) {
		return client().await(uploaded(rows));
	}

	String uploaded(String rows) {
		byte[] file = ("sku,name,description,price\n" + rows).getBytes(StandardCharsets.UTF_8);
		return client().parse(client().post("products.csv", file, Map.of()).body()).get("task_id").asString();
	}

	static String rows(int from, int to, String name) {
		StringBuilder rows = new StringBuilder();
		for (int i = from; i < to; i++) {
			rows.append("sku-%06d,%s %d,About it,%d.50%n".formatted(i, name, i, i % 1000));
		}
		return rows.toString();
	}

	List<String> productIds(String where) {
		return this.jdbc.sql("SELECT id::text FROM product WHERE " + where).query(String.class).list();
	}

	long count(String from) {
		return this.jdbc.sql("SELECT count(*) FROM " + from).query(Long.class).single();
	}

}
