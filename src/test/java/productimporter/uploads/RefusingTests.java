package productimporter.uploads;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is refused, how that is said, and that nothing is left of it.
 */
class RefusingTests {

	@TempDir
	static Path directory;

	static UploadServer server;

	@BeforeAll
	static void start() {
		server = new UploadServer(directory, "importer.uploads.max-size=1MB", "importer.uploads.max-concurrent=2");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@AfterEach
	void nothingIsLeft() {
		assertThat(server.files()).isEmpty();
	}

	@Test
	void aBodyThatIsNotMultipart() throws Exception {
		RawClient.Answer answer = RawClient.post(server, "text/csv", "sku,name\n".getBytes(StandardCharsets.UTF_8));
		assertRefused(answer, 415, "not_multipart", null);
		assertThat(answer.json().path("detail").asString()).contains("multipart/form-data");
		assertThat(answer.json().path("instance").asString()).isEqualTo("/upload");
		assertThat(answer.json().path("type").asString()).isEqualTo("about:blank");
		assertThat(answer.json().path("title").asString()).isNotEmpty();
	}

	@Test
	void aMultipartBodyWithoutABoundaryParameter() throws Exception {
		assertRefused(RawClient.post(server, "multipart/form-data", FormBody.ofFile("x")), 400, "multipart_malformed",
				null);
	}

	@Test
	void noFile() throws Exception {
		assertRefused(RawClient.post(server, new FormBody().field("dry_run", "true").end()), 422, "file_missing",
				"file");
		assertRefused(RawClient.post(server, new byte[0]), 422, "file_missing", "file");
	}

	@Test
	void aBrowsersFormInWhichNoFileWasChosen() throws Exception {
		assertRefused(RawClient.post(server, new FormBody().file("", new byte[0]).end()), 422, "file_missing", "file");
	}

	@Test
	void twoFiles() throws Exception {
		byte[] content = "sku,name\n".getBytes(StandardCharsets.UTF_8);
		assertRefused(RawClient.post(server, new FormBody().file("a.csv", content).file("b.csv", content).end()), 422,
				"file_repeated", "file");
	}

	@Test
	void anEmptyFile() throws Exception {
		assertRefused(RawClient.post(server, FormBody.ofFile("")), 422, "file_empty", "file");
	}

	@Test
	void aFieldSentTwiceOrTooLargeOrOneTooMany() throws Exception {
		byte[] content = "sku,name\n".getBytes(StandardCharsets.UTF_8);
		assertRefused(
				RawClient.post(server, new FormBody().file("a", content).field("mode", "a").field("mode", "b").end()),
				422, "field_repeated", "mode");
		assertRefused(
				RawClient.post(server,
						new FormBody().file("a", content).field("mapping", "m".repeat((64 << 10) + 1)).end()),
				422, "field_too_large", "mapping");
		FormBody many = new FormBody().file("a", content);
		for (int i = 0; i <= 32; i++) {
			many.field("field" + i, "v");
		}
		assertRefused(RawClient.post(server, many.end()), 422, "too_many_fields", null);
	}

	@Test
	void aPartWithAnEndlessHeader() throws Exception {
		assertRefused(RawClient.post(server, new FormBody().file("n".repeat(20_000), new byte[1]).end()), 422,
				"part_header_too_large", null);
	}

	@Test
	void aBodyThatEndsBeforeItsLastBoundary() throws Exception {
		assertRefused(RawClient.post(server, FormBody.open("sku,name\n")), 400, "multipart_malformed", null);
	}

	@Test
	void aFileTooLargeByItsAnnouncedLengthIsRefusedUnread() throws Exception {
		try (RawClient client = new RawClient(server)) {
			client.multipartHead("Content-Length: " + (3L << 30));
			assertRefused(client.answer(), 413, "file_too_large", "file");
		}
	}

	@Test
	void aClientThatAsksBeforeItSendsIsNotToldToGoOnWithAFileTooLarge() throws Exception {
		try (RawClient client = new RawClient(server)) {
			client.multipartHead("Content-Length: " + (3L << 30), "Expect: 100-continue");
			RawClient.Answer answer = client.answer();
			assertRefused(answer, 413, "file_too_large", "file");
			assertThat(answer.json().path("detail").asString()).contains("1 MB").contains("Split it");
		}
	}

	@Test
	void aClientThatAsksBeforeItSendsIsToldToGoOnWithAnyOther() throws Exception {
		byte[] body = FormBody.ofFile("");
		try (RawClient client = new RawClient(server)) {
			client.multipartHead("Content-Length: " + body.length, "Expect: 100-continue");
			assertThat(client.nextHead()).startsWith("HTTP/1.1 100");
			client.send(body);
			assertThat(client.answer().status()).isEqualTo(422);
		}
	}

	@Test
	void aFileTooLargeThatIsSentAllTheSameGetsToSeeItsRefusal() throws Exception {
		byte[] body = FormBody.ofFile("x".repeat(12 << 20));
		assertRefused(RawClient.post(server, body), 413, "file_too_large", "file");
	}

	@Test
	void aFileJustTooLarge() throws Exception {
		assertRefused(RawClient.post(server, FormBody.ofFile("x".repeat((1 << 20) + 1))), 413, "file_too_large",
				"file");
	}

	@Test
	void aFileOfExactlyTheLargestSizeIsAccepted() throws Exception {
		assertThat(RawClient.post(server, FormBody.ofFile("x".repeat(1 << 20))).status()).isEqualTo(200);
		server.deleteFiles();
	}

	@Test
	void aFileTooLargeSentInChunks() throws Exception {
		try (RawClient client = new RawClient(server)) {
			client.multipartHead("Transfer-Encoding: chunked");
			client.chunk(FormBody.open(""));
			byte[] chunk = new byte[64 << 10];
			Arrays.fill(chunk, (byte) 'x');
			for (int i = 0; i < 40; i++) {
				client.chunk(chunk);
			}
			assertRefused(client.answer(), 413, "file_too_large", "file");
		}
	}

	@Test
	void aBodyThatNeverGetsToItsFirstPart() throws Exception {
		byte[] preamble = "x".repeat(6 << 20).getBytes(StandardCharsets.UTF_8);
		try (RawClient client = new RawClient(server)) {
			client.multipartHead("Transfer-Encoding: chunked");
			client.chunk(preamble);
			assertRefused(client.answer(), 413, "file_too_large", "file");
		}
	}

	@Test
	void aClientThatDisconnectsInTheMiddle() throws Exception {
		for (String headers : new String[] { "Content-Length: 500000", "Transfer-Encoding: chunked" }) {
			try (RawClient client = new RawClient(server)) {
				client.multipartHead(headers);
				byte[] begin = FormBody.open("sku,name\n".repeat(20_000));
				if (headers.startsWith("Transfer")) {
					client.chunk(begin);
				}
				else {
					client.send(begin);
				}
				awaitFiles(1);
				client.vanish();
			}
			awaitFiles(0);
		}
	}

	@Test
	void aClientThatStopsSendingButListens() throws Exception {
		try (RawClient client = new RawClient(server)) {
			client.multipartHead("Content-Length: 500000").send(FormBody.open("sku,name\n"));
			awaitFiles(1);
			client.endOutput();
			awaitFiles(0);
		}
	}

	@Test
	void moreUploadsThanTheNodeTakesAtOnce() throws Exception {
		byte[] body = FormBody.ofFile("sku,name\n");
		try (RawClient first = new RawClient(server); RawClient second = new RawClient(server)) {
			for (RawClient client : new RawClient[] { first, second }) {
				client.multipartHead("Content-Length: 500000").send(FormBody.open("sku,name\n"));
			}
			awaitFiles(2);
			RawClient.Answer refused = RawClient.post(server, body);
			assertAnswered(refused, 503, "too_many_uploads", null);
			assertThat(refused.head()).containsIgnoringCase("Retry-After: 5\r\n");
			first.vanish();
			awaitFiles(1);
			Awaitility.await().untilAsserted(() -> assertThat(RawClient.post(server, body).status()).isEqualTo(200));
			second.vanish();
		}
		// the file that was accepted stays
		awaitFiles(1);
		server.deleteFiles();
	}

	private static void awaitFiles(int number) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(10))
			.untilAsserted(() -> assertThat(server.files()).hasSize(number));
	}

	private static void assertRefused(RawClient.Answer answer, int status, String code, String field) {
		assertAnswered(answer, status, code, field);
		assertThat(server.files()).isEmpty();
	}

	private static void assertAnswered(RawClient.Answer answer, int status, String code, String field) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(status);
		assertThat(answer.head()).containsIgnoringCase("Content-Type: application/problem+json");
		assertThat(answer.code()).isEqualTo(code);
		assertThat(answer.json().path("status").asInt()).isEqualTo(status);
		assertThat(answer.json().path("detail").asString()).isNotEmpty();
		assertThat(answer.json().path("field").asString(null)).isEqualTo(field);
	}

}
