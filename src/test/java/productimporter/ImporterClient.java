package productimporter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks to the application over HTTP as a program would.
 */
public final class ImporterClient {

	private static final String BOUNDARY = "----product-importer-test";

	private static final Set<String> ENDED = Set.of("completed", "failed", "stopped");

	private final HttpClient http = HttpClient.newHttpClient();

	private final JsonMapper json = new JsonMapper();

	private final String base;

	/** The header that tells who calls; null: nobody in particular. */
	private final String authorization;

	public ImporterClient(int port) {
		this("http://localhost:" + port, null);
	}

	private ImporterClient(String base, String authorization) {
		this.base = base;
		this.authorization = authorization;
	}

	/** The same server, called by a user of it (HTTP Basic). */
	public ImporterClient as(String user, String password) {
		return new ImporterClient(this.base, "Basic "
				+ Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * Uploads a file that must be accepted.
	 * @return the task's id
	 */
	public String upload(Path file) {
		return upload(file.getFileName().toString(), read(file));
	}

	/**
	 * Uploads a file that must be accepted.
	 * @return the task's id
	 */
	public String upload(String filename, byte[] content) {
		HttpResponse<String> response = post(filename, content, Map.of());
		if (response.statusCode() != 202) {
			throw new AssertionError(response.statusCode() + " " + response.body());
		}
		return parse(response.body()).get("task_id").asString();
	}

	public HttpResponse<String> post(String filename, byte[] content, Map<String, String> fields) {
		StringBuilder head = new StringBuilder();
		fields.forEach((name, value) -> head.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"")
			.append(name)
			.append("\"\r\n\r\n")
			.append(value)
			.append("\r\n"));
		head.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"")
			.append(filename)
			.append("\"\r\nContent-Type: text/csv\r\n\r\n");
		HttpRequest request = request("/upload").header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
			.POST(HttpRequest.BodyPublishers.concat(HttpRequest.BodyPublishers.ofString(head.toString()),
					HttpRequest.BodyPublishers.ofByteArray(content),
					HttpRequest.BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n")))
			.build();
		return send(request);
	}

	public HttpResponse<String> post(String path) {
		return send(request(path).POST(HttpRequest.BodyPublishers.noBody()).build());
	}

	/** Sends a form. */
	public HttpResponse<String> postForm(String path, String form) {
		return send(request(path).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form))
			.build());
	}

	/** Sends JSON. */
	public HttpResponse<String> put(String path, String json) {
		return send(request(path).header("Content-Type", "application/json")
			.PUT(HttpRequest.BodyPublishers.ofString(json))
			.build());
	}

	/** Sends JSON. */
	public HttpResponse<String> postJson(String path, String json) {
		return send(request(path).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(json))
			.build());
	}

	public HttpResponse<String> delete(String path) {
		return send(request(path).DELETE().build());
	}

	public HttpResponse<String> get(String path) {
		return send(request(path).GET().build());
	}

	/** An answer that has no end, line by line. */
	public Stream<String> lines(String path) {
		try {
			return this.http.send(request(path).build(), HttpResponse.BodyHandlers.ofLines()).body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** What it sends to say who calls; null: nothing. */
	public String authorization() {
		return this.authorization;
	}

	/** Scheme, host and port. */
	public String base() {
		return this.base;
	}

	public JsonNode json(String path) {
		return parse(get(path).body());
	}

	public JsonNode status(String task) {
		return json("/upload/status/" + task);
	}

	/**
	 * Waits until a run has ended.
	 * @return its last status
	 */
	public JsonNode await(String task) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(50))
			.until(() -> status(task), (status) -> ENDED.contains(status.get("status").asString()));
	}

	/**
	 * Waits until a job of any kind has ended.
	 * @return its last state
	 */
	public JsonNode awaitJob(String task) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(50))
			.until(() -> json("/jobs/" + task), (job) -> ENDED.contains(job.get("status").asString()));
	}

	public JsonNode parse(String body) {
		return this.json.readTree(body);
	}

	private HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.base + path))
			.timeout(Duration.ofMinutes(1));
		return (this.authorization != null) ? request.header("Authorization", this.authorization) : request;
	}

	private HttpResponse<String> send(HttpRequest request) {
		try {
			return this.http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] read(Path file) {
		try {
			return Files.readAllBytes(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
