package productimporter.imports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import productimporter.TestDatabases;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever name a file is sent under, it lies where the application puts it, and its name
 * harms nobody who sees it later.
 */
class FileNameTests {

	private static final String CSV = "sku,name\ngood,Good\nrefused,\n";

	private static final List<String> NAMES = List.of("../../x.csv", "..\\..\\x.csv", "../../../../../../etc/x.csv",
			"/etc/x.csv", "C:\\x.csv", "\\\\host\\share\\x.csv", "file:///etc/x.csv", "a\u0000../../x.csv", "\u0000",
			"x.csv\u0000.part", "x".repeat(300) + ".csv", "ü".repeat(5000), "../".repeat(1600) + "x.csv",
			"y".repeat(20_000), "CON", "NUL", "com1.csv", ".", "..", "../..", "", " ", "/", "~/x.csv", "$HOME/x.csv",
			"$(touch x.csv)", "%2e%2e%2fx.csv", "a\nX-Split: yes\n\nb", "a\r\nX-Split: yes\r\n\r\nb", "a\"; x=\"b",
			"a\\\"b.csv", "a;b=c.csv", "\u202Evsc.exe", "\u2028x", "\u001b[2J", "'; DROP TABLE upload; --",
			"00000000-0000-0000-0000-000000000000");

	private final HttpClient http = HttpClient.newHttpClient();

	private final Path above = Node.temporaryDirectory().toAbsolutePath();

	private final Path data = this.above.resolve("one").resolve("data");

	private Node node;

	@BeforeEach
	void start() throws IOException {
		Files.createDirectories(this.data);
		Files.writeString(this.above.resolve("x.csv"), "not to be touched");
		this.node = Node.in(TestDatabases.freshDatabase(TestDatabases.embedded18()), this.data.resolve("uploads"),
				"importer.data-dir=" + this.data);
	}

	@AfterEach
	void stop() {
		this.node.close();
	}

	@Test
	void noNameLeadsOutOfTheDirectoryOfUploads() throws Exception {
		TreeSet<String> before = tree();
		List<UUID> accepted = new ArrayList<>();
		for (String disposition : dispositions()) {
			HttpResponse<String> answer = upload(disposition);
			assertThat(answer.statusCode()).as(disposition).isBetween(200, 499);
			JsonNode body = Node.JSON.readTree(answer.body());
			if (answer.statusCode() == 202) {
				accepted.add(UUID.fromString(body.get("task_id").asString()));
			}
			else {
				assertThat(answer.statusCode()).as(disposition).isBetween(400, 499);
				assertThat(answer.headers().firstValue("Content-Type")).as(disposition)
					.hasValue("application/problem+json");
				assertThat(body.get("detail").asString()).as(disposition).isNotBlank();
				assertThat(body.get("code").asString()).as(disposition)
					.isIn("part_header_too_large", "multipart_malformed", "header_missing");
			}
		}
		// most names are only strange: they must not keep a file out
		assertThat(accepted).hasSizeGreaterThan(dispositions().size() / 2);
		for (UUID run : accepted) {
			assertHarmless(this.node.json("/upload/status/" + run).get("filename").asString());
		}
		TreeSet<String> created = tree();
		created.removeAll(before);
		created.removeIf((path) -> path.matches("one/data/tmp(/[0-9a-f-]+.*)?"));
		assertThat(created).hasSize(accepted.size())
			.allMatch((path) -> path.matches("one/data/uploads/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
		assertThat(tree()).containsAll(before);
		assertThat(this.above.resolve("x.csv")).hasContent("not to be touched");
		for (String elsewhere : List.of("/etc/x.csv", "/x.csv", "x.csv", "C:\\x.csv", "X-Split: yes")) {
			assertThat(Path.of(elsewhere)).doesNotExist();
		}
		assertThat(this.node.get("/upload/status/../../x.csv").statusCode()).isBetween(400, 499);
	}

	@Test
	void theFileOfRefusedRowsIsNamedByTheApplication() throws Exception {
		for (String name : List.of("../../x.csv", "a\nX-Split: yes", "a\"; filename=\"b.html", "y\u0000")) {
			HttpResponse<String> answer = upload("filename*=" + encoded(name));
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
			UUID run = UUID.fromString(Node.JSON.readTree(answer.body()).get("task_id").asString());
			assertThat(this.node.ended(run).get("status").asString()).isEqualTo("completed");
			assertDownloadIsNamedByTheApplication(run);
		}
	}

	/** Every name in each of the ways that a sender can give it. */
	private static Set<String> dispositions() {
		Set<String> all = new LinkedHashSet<>();
		for (String name : NAMES) {
			all.add("filename=\"" + name + "\"");
			all.add("filename=\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
			all.add("filename*=" + encoded(name));
		}
		all.add("filename=\"fine.csv\"; filename*=" + encoded("../../x.csv"));
		all.add("filename*=" + encoded("../../x.csv") + "; filename=\"/etc/x.csv\"");
		all.add("filename=../../x.csv");
		all.add("filename=\"../../x.csv");
		all.add("filename*=no-such''%2e%2e%2fx.csv");
		all.add("filename*=UTF-8''%ff%fe%zz%2");
		all.add("filename*=../../x.csv");
		return all;
	}

	private static String encoded(String name) {
		return "UTF-8''" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
	}

	private HttpResponse<String> upload(String disposition) throws Exception {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		body.writeBytes(("--b\r\nContent-Disposition: form-data; name=\"file\"; " + disposition + "\r\n\r\n" + CSV
				+ "\r\n--b--\r\n")
			.getBytes(StandardCharsets.UTF_8));
		return this.http.send(HttpRequest.newBuilder(this.node.uri("/upload"))
			.header("Content-Type", "multipart/form-data; boundary=b")
			.POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static void assertHarmless(String name) {
		assertThat(name).hasSizeBetween(1, 255).doesNotContain("/", "\\").isNotIn(".", "..");
		assertThat(name.codePoints()
			.noneMatch((each) -> Character.isISOControl(each) || Character.getType(each) == Character.FORMAT
					|| Character.getType(each) == Character.LINE_SEPARATOR))
			.as(name)
			.isTrue();
	}

	private void assertDownloadIsNamedByTheApplication(UUID run) throws Exception {
		URI errors = this.node.uri("/upload/errors/" + run);
		HttpResponse<String> download = this.http.send(HttpRequest.newBuilder(errors).build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(download.statusCode()).isEqualTo(200);
		assertThat(download.body()).contains("refused");
		assertThat(download.headers().allValues("Content-Disposition"))
			.containsExactly("attachment; filename=\"refused-rows-" + run + ".csv\"");
		assertThat(download.headers().map()).doesNotContainKey("x-split");
	}

	/**
	 * All files and directories above and below the data directory. What runs keep in its
	 * {@code tmp} while they last may go while it is looked at.
	 */
	private TreeSet<String> tree() throws IOException {
		TreeSet<String> names = new TreeSet<>();
		Files.walkFileTree(this.above, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
				return visitFile(directory, attributes);
			}

			@Override
			public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
				names.add(FileNameTests.this.above.relativize(path).toString());
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFileFailed(Path path, IOException ex) throws IOException {
				if (ex instanceof NoSuchFileException && path.startsWith(FileNameTests.this.data.resolve("tmp"))) {
					return FileVisitResult.CONTINUE;
				}
				throw ex;
			}

			@Override
			public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException ex) throws IOException {
				return (ex != null) ? visitFileFailed(directory, ex) : FileVisitResult.CONTINUE;
			}

		});
		return names;
	}

}
