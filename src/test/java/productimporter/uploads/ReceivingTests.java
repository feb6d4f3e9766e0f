package productimporter.uploads;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is accepted, and how it is stored.
 */
class ReceivingTests {

	@TempDir
	static Path directory;

	static UploadServer server;

	@BeforeAll
	static void start() {
		server = new UploadServer(directory.resolve("uploads"));
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void clear() throws Exception {
		server.deleteFiles();
	}

	@Test
	void fiftyMegabytesAreStoredByteForByteUnderTheirHash() throws Exception {
		byte[] content = new byte[50 << 20];
		new Random(1).nextBytes(content);
		byte[] open = FormBody.open("");
		byte[] close = ("\r\n--" + RawClient.BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8);
		HttpRequest request = HttpRequest.newBuilder(server.uri())
			.header("Content-Type", "multipart/form-data; boundary=" + RawClient.BOUNDARY)
			.POST(HttpRequest.BodyPublishers.ofInputStream(
					() -> new SequenceInputStream(Collections.enumeration(List.of(new ByteArrayInputStream(open),
							new ByteArrayInputStream(content), new ByteArrayInputStream(close))))))
			.build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		JsonNode file = JsonMapper.shared().readTree(response.body()).path("file");
		assertThat(file.path("size_bytes").asLong()).isEqualTo(content.length);
		assertThat(file.path("sha256").asString())
			.isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
		assertThat(file.path("filename").asString()).isEqualTo("products.csv");
		assertThat(file.path("stored_at").asString()).isEqualTo("2026-03-01T10:00:00.123456Z");
		assertThat(server.files()).containsExactly(file.path("id").asString());
		assertThat(Files.readAllBytes(server.directory().resolve(file.path("id").asString()))).isEqualTo(content);
	}

	@Test
	void fieldsMayComeBeforeAndAfterTheFile() throws Exception {
		JsonNode answer = RawClient
			.post(server,
					new FormBody().field("dry_run", "true")
						.file("a.csv", "sku,name\n".getBytes(StandardCharsets.UTF_8))
						.field("on_error", "abort")
						.field("delimiter", "§")
						.end())
			.json();
		assertThat(answer.path("fields").propertyNames()).containsExactly("dry_run", "on_error", "delimiter");
		assertThat(answer.path("fields").path("delimiter").asString()).isEqualTo("§");
		assertThat(answer.path("file").path("size_bytes").asInt()).isEqualTo(9);
	}

	@Test
	void aFilePartWithoutANameGetsOne() throws Exception {
		JsonNode answer = RawClient.post(server, new FormBody().field("file", "sku,name\n").end()).json();
		assertThat(answer.path("file").path("filename").asString()).isEqualTo("upload.csv");
	}

	@Test
	void aNameLeadsNowhereAndIsSafeToShow() throws Exception {
		assertThat(nameFor("../../etc/passwd")).isEqualTo("passwd");
		assertThat(nameFor("C:\\x\\y.csv")).isEqualTo("y.csv");
		assertThat(nameFor("a\u0000b.csv")).isEqualTo("ab.csv");
		assertThat(nameFor("x".repeat(4000))).isEqualTo("x".repeat(255));
		assertThat(nameFor("price\u202Evsc.exe")).isEqualTo("pricevsc.exe");
		assertThat(nameFor(".")).isEqualTo("upload.csv");
		assertThat(nameFor("Preise für März.csv")).isEqualTo("Preise für März.csv");
		assertThat(server.files()).hasSize(7).allSatisfy((name) -> assertThat(UUID.fromString(name)).isNotNull());
		try (var above = Files.list(directory)) {
			assertThat(above).containsExactly(server.directory());
		}
	}

	private static String nameFor(String sent) throws Exception {
		RawClient.Answer answer = RawClient.post(server,
				new FormBody().file(sent, "x".getBytes(StandardCharsets.UTF_8)).end());
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		return answer.json().path("file").path("filename").asString();
	}

	@Test
	void aStoredFileOpensAtAnyByteAndIsVerified() throws Exception {
		StoredUpload stored = store("0123456789");
		try (InputStream rest = server.uploads().open(stored.id(), 7)) {
			assertThat(rest).hasContent("789");
		}
		try (InputStream rest = server.uploads().open(stored.id(), 99)) {
			assertThat(rest).isEmpty();
		}
		server.uploads().verify(stored);
	}

	@Test
	void anAlteredOrVanishedFileIsNoticed() throws Exception {
		StoredUpload stored = store("0123456789");
		Path path = server.directory().resolve(stored.id().toString());
		Files.writeString(path, "0123456780");
		assertThatExceptionOfType(UploadAltered.class).isThrownBy(() -> server.uploads().verify(stored))
			.withMessageContaining("upload the file again")
			.satisfies((ex) -> assertThat(ex.id()).isEqualTo(stored.id()));
		Files.writeString(path, "0123456789+");
		assertThatExceptionOfType(UploadAltered.class).isThrownBy(() -> server.uploads().verify(stored));
		server.uploads().discard(stored.id());
		server.uploads().discard(stored.id());
		assertThat(path).doesNotExist();
		assertThatExceptionOfType(UploadVanished.class).isThrownBy(() -> server.uploads().verify(stored))
			.satisfies((ex) -> assertThat(ex.id()).isEqualTo(stored.id()));
		assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> server.uploads().open(stored.id(), 0));
	}

	private static StoredUpload store(String content) throws Exception {
		JsonNode file = RawClient.post(server, FormBody.ofFile(content)).json().path("file");
		return new StoredUpload(UUID.fromString(file.path("id").asString()), "products.csv",
				file.path("size_bytes").asLong(), file.path("sha256").asString(), UploadServer.NOW, null);
	}

}
