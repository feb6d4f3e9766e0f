package productimporter.access;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import productimporter.TestDatabases;
import productimporter.TestSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Senders who never come to an end, more than the server has threads, which wait for them
 * longer than any of these tests.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "server.tomcat.threads.max=8", "server.tomcat.connection-timeout=10m",
				"importer.uploads.max-concurrent=2" })
@DirtiesContext
class SlowBodiesTests {

	private static final String JSON = "POST /products HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
			+ "Content-Length: 100000\r\n\r\n{\"name\": \"";

	private static final String FORM = "POST /ui/products HTTP/1.1\r\nHost: localhost\r\n"
			+ "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\nname=";

	private static final String UPLOAD = "POST /upload HTTP/1.1\r\nHost: localhost\r\n"
			+ "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n--b\r\n"
			+ "Content-Disposition: form-data; name=\"file\"; filename=\"slow.csv\"\r\n\r\nsku,name\n";

	private static final String CHUNKS = "POST /products HTTP/1.1\r\nHost: localhost\r\n"
			+ "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"na";

	private static final String HEADERS = "GET /products HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";

	private final List<Socket> slow = new ArrayList<>();

	@LocalServerPort
	int port;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) {
		TestSettings.set(registry, TestDatabases.freshDatabase(TestDatabases.embedded18()));
	}

	@AfterEach
	void vanish() throws IOException {
		for (Socket socket : this.slow) {
			socket.close();
		}
		await().until(() -> post().status() == 201);
	}

	@Test
	void pagesAreAnsweredWhateverNumberOfSlowSendersThereIs() throws IOException {
		for (String begin : List.of(JSON, FORM, UPLOAD, CHUNKS, HEADERS)) {
			for (int i = 0; i < 10; i++) {
				begin(begin);
			}
			for (String page : List.of("/upload", "/", "/products", "/actuator/health/readiness")) {
				assertThat(new RawRequest(this.port, "GET", page).send().status()).as(begin).isEqualTo(200);
			}
		}
	}

	@Test
	void whoFindsNoThreadIsToldToComeBack() throws IOException {
		for (int i = 0; i < 4; i++) {
			begin(JSON);
		}
		RawRequest.Answer refused = await().until(this::post, (answer) -> answer.status() == 503);
		assertThat(refused.code()).isEqualTo("server_busy");
		assertThat(refused.header("Retry-After")).hasValue("5");
		assertThat(refused.header("Content-Security-Policy")).isPresent();
		vanish();
	}

	@Test
	void whoIsRefusedAndDoesNotGoOnIsNotWaitedFor() throws IOException {
		for (int i = 0; i < 2; i++) {
			begin(UPLOAD);
		}
		await().until(() -> upload().code().equals("too_many_uploads"));
		List<Socket> refusals = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			refusals.add(begin(UPLOAD));
		}
		for (Socket refused : refusals) {
			// answered, and the connection ends although its body never does
			assertThat(new String(refused.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
				.startsWith("HTTP/1.1 503");
		}
	}

	@Test
	void whoSendsNextToNothingIsNotWaitedForEither() throws IOException {
		for (String begin : List.of(JSON, FORM, UPLOAD)) {
			begin(begin);
		}
		for (Socket socket : List.copyOf(this.slow)) {
			await().pollInterval(Duration.ofMillis(500))
				.atMost(Duration.ofMinutes(1))
				.until(() -> isAnsweredAfterAnotherByte(socket));
			assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
				.contains("HTTP/1.1 408", "body_too_slow");
		}
	}

	private static boolean isAnsweredAfterAnotherByte(Socket socket) throws IOException {
		if (socket.getInputStream().available() > 0) {
			return true;
		}
		socket.getOutputStream().write('x');
		return false;
	}

	private Socket begin(String begin) throws IOException {
		Socket socket = new Socket("127.0.0.1", this.port);
		socket.setSoTimeout(60_000);
		socket.getOutputStream().write(begin.getBytes(StandardCharsets.UTF_8));
		this.slow.add(socket);
		return socket;
	}

	private RawRequest.Answer upload() {
		return new RawRequest(this.port, "POST", "/upload").body("multipart/form-data; boundary=b",
				"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nsku,name\na,A\n\r\n--b--\r\n")
			.send();
	}

	private RawRequest.Answer post() {
		return new RawRequest(this.port, "POST", "/products")
			.body("application/json", "{\"sku\":\"s" + System.nanoTime() + "\",\"name\":\"Quick\"}")
			.send();
	}

}
