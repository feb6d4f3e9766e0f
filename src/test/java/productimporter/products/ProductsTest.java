package productimporter.products;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import productimporter.TestDatabases;
import productimporter.TestSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the calls below {@code /products}: one application for all of them, an empty
 * catalogue for each.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
abstract class ProductsTest {

	static final JsonMapper JSON = new JsonMapper();

	@LocalServerPort
	int port;

	@Autowired
	JdbcClient jdbc;

	final HttpClient http = HttpClient.newHttpClient();

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) {
		TestSettings.set(registry, TestDatabases.freshDatabase(TestDatabases.embedded18()));
	}

	@BeforeEach
	void empty() {
		this.jdbc.sql("TRUNCATE product").update();
	}

	HttpResponse<String> send(String method, String path, String body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.header("Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(body));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)).join();
	}

	HttpResponse<String> get(String path, String... headers) {
		return send("GET", path, "", headers);
	}

	/** A product that must be taken. */
	JsonNode create(Map<String, ?> fields) {
		HttpResponse<String> response = send("POST", "/products", JSON.writeValueAsString(fields));
		assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
		return JSON.readTree(response.body());
	}

	JsonNode list(String query) {
		HttpResponse<String> response = get("/products" + query);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JSON.readTree(response.body());
	}

	static List<String> skus(JsonNode page) {
		List<String> skus = new ArrayList<>();
		page.get("items").forEach((item) -> skus.add(item.get("sku").asString()));
		return skus;
	}

	static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	/**
	 * So many products, named and priced so that each order differs; every third without
	 * a price.
	 */
	void fill(int count) {
		this.jdbc
			.sql("""
					INSERT INTO product (id, sku, name, description, price, active, updated_at)
					SELECT gen_random_uuid(), 'sku-' || lpad(i::text, 6, '0'), 'Name ' || (i * 7919) % 1000, 'About ' || i,
					       CASE WHEN i % 3 > 0 THEN (i * 31) % 500 END, i % 2 = 0, now() - make_interval(mins => (i * 17) % 900)
					FROM generate_series(1, :count) AS i""")
			.param("count", count)
			.update();
	}

}
