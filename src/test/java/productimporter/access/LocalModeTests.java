package productimporter.access;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import productimporter.TestDatabases;
import productimporter.TestSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Without a login: this machine's person and programs, and no page of another site.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class LocalModeTests {

	private static final String FORM = "application/x-www-form-urlencoded";

	@LocalServerPort
	int port;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) {
		TestSettings.set(registry, TestDatabases.freshDatabase(TestDatabases.embedded18()));
		registry.add("importer.access.max-body", () -> "1MB");
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "127.0.0.1", "127.9.9.9", "[::1]", "importer.localhost", "LOCALHOST" })
	void itAnswersToTheNamesOfThisMachine(String name) {
		assertThat(get("/products").with("Host: " + name + ":" + this.port).send().status()).isEqualTo(200);
		assertThat(get("/products").with("Host: " + name).send().status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "192.168.0.7",
			"127.evil.example", "[2001:db8::1]", "2130706433" })
	void aNameThatIsReboundToThisMachineIsRefused(String name) {
		for (String path : new String[] { "/", "/products", "/assets/x", "/ws", "/actuator/health", "/nothing" }) {
			RawRequest.Answer answer = get(path).with("Host: " + name + ":" + this.port).send();
			assertThat(answer.status()).as(path).isEqualTo(403);
			assertThat(answer.code()).as(path).isEqualTo("host_unknown");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Forwarded: for=10.0.0.1", "X-Forwarded-For: 10.0.0.1", "X-Forwarded-Proto: https",
			"X-Forwarded-Host: localhost", "X-Real-IP: 10.0.0.1", "Via: 1.1 proxy", "X-FORWARDED-PORT: 443" })
	void whatCameThroughAProxyIsToldTheRemedy(String header) {
		RawRequest.Answer answer = get("/products").with(header).send();
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.code()).isEqualTo("proxied");
		assertThat(answer.body()).contains("ADMIN_PASSWORD");
	}

	@ParameterizedTest
	@CsvSource({ "Origin: https://evil.example,", "Origin: null,", "Origin: http://localhost:1,",
			"Origin: http://localhost,", "Sec-Fetch-Site: cross-site,", "Sec-Fetch-Site: same-site,",
			"Sec-Fetch-Site: cross-site,Sec-Fetch-Mode: navigate" })
	void aFormOrAScriptOfAnotherSiteIsRefused(String header, String second) {
		RawRequest request = new RawRequest(this.port, "POST", "/ui/products").body(FORM, "sku=cross&name=Cross");
		RawRequest.Answer answer = ((second != null) ? request.with(header, second) : request.with(header)).send();
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.code()).isEqualTo("cross_site");
		assertThat(get("/products?sku=cross").send().body()).contains("\"total\":0");
	}

	@Test
	void aPageOfItsOwnAndAProgramPass() {
		RawRequest.Answer own = new RawRequest(this.port, "POST", "/ui/products")
			.with("Origin: http://localhost:" + this.port, "Sec-Fetch-Site: same-origin")
			.body(FORM, "sku=own&name=Own&active=true")
			.send();
		assertThat(own.status()).isEqualTo(303);
		RawRequest.Answer older = new RawRequest(this.port, "POST", "/ui/products")
			.with("Origin: http://localhost:" + this.port)
			.body(FORM, "sku=older&name=Older&active=true")
			.send();
		assertThat(older.status()).isEqualTo(303);
		RawRequest.Answer program = new RawRequest(this.port, "POST", "/products")
			.body("application/json", "{\"sku\":\"program\",\"name\":\"Program\"}")
			.send();
		assertThat(program.status()).isEqualTo(201);
	}

	@Test
	void aLinkFromAnotherSiteOpensAPageButNoFrame() {
		String[] link = { "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Accept: text/html" };
		RawRequest.Answer page = get("/").with(link).with("Sec-Fetch-Dest: document").send();
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.header("Content-Security-Policy").orElseThrow()).contains("frame-ancestors 'none'");
		assertThat(page.body()).contains("Local mode");
		assertThat(get("/").with(link).with("Sec-Fetch-Dest: iframe").send().status()).isEqualTo(403);
		RawRequest.Answer image = get("/products").with("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors").send();
		assertThat(image.status()).isEqualTo(403);
	}

	@Test
	void aWebSocketOfAnotherSiteIsRefused() {
		String[] handshake = { "Upgrade: websocket", "Sec-WebSocket-Version: 13",
				"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==" };
		assertThat(webSocket(handshake).with("Origin: https://evil.example").send().status()).isEqualTo(403);
		assertThat(webSocket(handshake).with("Origin: http://localhost:1").send().status()).isEqualTo(403);
		assertThat(webSocket(handshake).with("Host: evil.example", "Origin: http://evil.example").send().status())
			.isEqualTo(403);
		assertThat(webSocket(handshake).with("Origin: http://localhost:" + this.port).send().status()).isEqualTo(101);
	}

	@Test
	void aRefusalIsAPageForPeople() {
		RawRequest.Answer answer = get("/").with("Host: evil.example", "Accept: text/html").send();
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/html");
		assertThat(answer.body()).contains("That could not be done", "evil.example");
		assertThat(answer.header("Content-Security-Policy")).isPresent();
	}

	@Test
	void bodiesAndHeadersHaveTheirLimits() {
		String large = "{\"sku\":\"large\",\"name\":\"" + "x".repeat(1 << 20) + "\"}";
		RawRequest.Answer body = new RawRequest(this.port, "POST", "/products").body("application/json", large).send();
		assertThat(body.status()).isEqualTo(413);
		assertThat(body.code()).isEqualTo("body_too_large");
		RawRequest.Answer form = new RawRequest(this.port, "POST", "/ui/products")
			.body(FORM, "name=" + "x".repeat(1 << 20))
			.send();
		assertThat(form.status()).isEqualTo(413);
		RawRequest.Answer headers = get("/products").with("X-Long: " + "x".repeat(13 << 10)).send();
		assertThat(headers.status()).isEqualTo(431);
		assertThat(headers.code()).isEqualTo("headers_too_large");
		assertThat(get("/products").with("X-Longer: " + "x".repeat(40 << 10)).send().status()).isEqualTo(400);
	}

	@Test
	void formsAndQueriesThatCantBeReadAreAnsweredInWords() {
		StringBuilder form = new StringBuilder();
		for (int i = 0; i < 600; i++) {
			form.append("1000\r\n").append((i == 0) ? "name=" + "x".repeat(4091) : "x".repeat(4096)).append("\r\n");
		}
		RawRequest.Answer large = new RawRequest(this.port, "POST", "/ui/products")
			.with("Content-Type: application/x-www-form-urlencoded", "Transfer-Encoding: chunked")
			.unframed(form.append("0\r\n\r\n").toString())
			.send();
		assertThat(large.status()).isEqualTo(413);
		assertThat(large.body()).contains("2048 KB");
		for (String path : new String[] { "/products?sku=%zz", "/ui/products?name=%zz", "/ui/products?name=%ff%fe" }) {
			RawRequest.Answer answer = get(path).send();
			assertThat(answer.status()).as(path).isEqualTo(400);
			assertThat(answer.code()).as(path).isEqualTo("parameters_malformed");
		}
	}

	@Test
	void aBodyOfUnknownLengthHasTheSameLimit() {
		StringBuilder chunks = new StringBuilder();
		for (int i = 0; i < 300; i++) {
			chunks.append("1000\r\n")
				.append((i == 0) ? "{\"name\":\"" + "x".repeat(4087) : "x".repeat(4096))
				.append("\r\n");
		}
		RawRequest request = new RawRequest(this.port, "POST", "/products").with("Content-Type: application/json",
				"Transfer-Encoding: chunked");
		RawRequest.Answer answer = request.unframed(chunks.append("0\r\n\r\n").toString()).send();
		assertThat(answer.status()).isEqualTo(413);
		assertThat(answer.code()).isEqualTo("body_too_large");
	}

	private RawRequest webSocket(String... handshake) {
		return new RawRequest(this.port, "GET", "/ws").with(handshake).upgrade();
	}

	private RawRequest get(String path) {
		return new RawRequest(this.port, "GET", path);
	}

}
