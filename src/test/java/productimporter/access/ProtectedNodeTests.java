package productimporter.access;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import productimporter.ImporterClient;
import productimporter.imports.Node;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Protected mode with a name of its own: whoever calls it by another is refused; and who
 * may read the metrics.
 */
class ProtectedNodeTests {

	private static Node node;

	private static ImporterClient admin;

	@BeforeAll
	static void start() {
		node = Node.alone("importer.access.admin-password=" + ProtectedTest.ADMIN_PASSWORD,
				"importer.access.hosts=importer.example");
		admin = new ImporterClient(port()).as("admin", ProtectedTest.ADMIN_PASSWORD);
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/login", "/products", "/ws", "/assets/x", "/actuator/health", "/nothing" })
	void aNameThatIsReboundToThisServerIsRefused(String path) {
		RawRequest.Answer answer = new RawRequest(port(), "GET", path).with("Host: evil.example:" + port()).send();
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.code()).isEqualTo("host_unknown");
		assertThat(answer.body()).contains("importer.access.hosts");
	}

	@ParameterizedTest
	@ValueSource(strings = { "importer.example", "IMPORTER.example:443", "localhost" })
	void itAnswersToItsOwnNameAndToThoseOfLoopback(String host) {
		RawRequest.Answer answer = new RawRequest(port(), "GET", "/login").with("Host: " + host).send();
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Content-Security-Policy").orElseThrow()).contains("frame-ancestors 'none'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/login", "/logout", "/ui/products", "/upload" })
	void aFormOfAnotherSiteIsRefusedBeforeAnybodyIsAskedWhoItIs(String path) {
		RawRequest.Answer answer = new RawRequest(port(), "POST", path)
			.with("Host: importer.example", "Origin: https://evil.example", "Sec-Fetch-Site: cross-site")
			.body("application/x-www-form-urlencoded", "username=admin&password=" + ProtectedTest.ADMIN_PASSWORD)
			.send();
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.code()).isEqualTo("cross_site");
	}

	@Test
	void metricsAreForWhoeverMaySeePages() throws Exception {
		assertThat(metrics("X-Nobody", "nobody").statusCode()).isEqualTo(401);
		assertThat(metrics("Authorization", "Bearer pi_wrong").statusCode()).isEqualTo(401);
		HttpResponse<String> made = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create(admin.base() + "/tokens"))
				.header("Authorization", admin.authorization())
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"prometheus\",\"role\":\"viewer\"}"))
				.build(), HttpResponse.BodyHandlers.ofString());
		HttpResponse<String> metrics = metrics("Authorization",
				"Bearer " + admin.parse(made.body()).get("token").asString());
		assertThat(metrics.statusCode()).isEqualTo(200);
		assertThat(metrics.body()).contains("importer_queue_length");
		assertThat(new ImporterClient(port()).get("/actuator/health/readiness").statusCode()).isEqualTo(200);
	}

	/** As Prometheus asks for them. */
	private static HttpResponse<String> metrics(String header, String value) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(node.uri("/actuator/prometheus"))
				.header(header, value)
				.header("Accept", "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5")
				.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static int port() {
		return Integer.parseInt(node.port());
	}

}
