package productimporter.imports;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import productimporter.Catalogue;
import productimporter.ProductImporter;
import productimporter.TestDatabases;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * The whole application, as one node of a cluster.
 */
public final class Node implements AutoCloseable {

	static final JsonMapper JSON = JsonMapper.builder().build();

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	private final Catalogue catalogue;

	/** On a database and in directories of its own. */
	public static Node alone(String... settings) {
		return in(TestDatabases.freshDatabase(TestDatabases.embedded18()), temporaryDirectory(), settings);
	}

	public static Node in(String database, Path uploads, String... settings) {
		return new Node(database, uploads, settings);
	}

	private Node(String database, Path uploads, String... settings) {
		this.catalogue = new Catalogue(database);
		this.context = new SpringApplicationBuilder(ProductImporter.class).run(Stream
			.concat(Stream.of("server.port=0", "server.address=127.0.0.1", "importer.database.url=" + database,
					"importer.database.maximum-pool-size=6", "importer.job.partitions=2",
					"importer.uploads.directory=" + uploads, "importer.data-dir=" + temporaryDirectory(),
					"spring.jmx.enabled=false"), Stream.of(settings))
			// of two values of a setting the later one holds
			.collect(Collectors.toMap((setting) -> setting.substring(0, setting.indexOf('=')),
					(setting) -> "--" + setting, (one, other) -> other))
			.values()
			.toArray(String[]::new));
	}

	public static Path temporaryDirectory() {
		try {
			return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "node");
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	Catalogue catalogue() {
		return this.catalogue;
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	Object bean(String name) {
		return this.context.getBean(name);
	}

	public URI uri(String path) {
		return URI.create("http://127.0.0.1:" + port() + path);
	}

	public String port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port");
	}

	/** A file of good rows, each with a SKU of its own. */
	public static String rows(int count) {
		StringBuilder csv = new StringBuilder("sku,name,description,price\n");
		for (int i = 0; i < count; i++) {
			csv.append("sku-")
				.append(i)
				.append(",Product ")
				.append(i)
				.append(",About it,")
				.append(i % 1000)
				.append(".50\n");
		}
		return csv.toString();
	}

	public UUID upload(String filename, String csv) throws Exception {
		return upload(filename, csv.getBytes(StandardCharsets.UTF_8));
	}

	public UUID upload(String filename, byte[] content) throws Exception {
		String head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + filename
				+ "\"\r\nContent-Type: text/csv\r\n\r\n";
		HttpResponse<String> response = HTTP.send(HttpRequest.newBuilder(uri("/upload"))
			.header("Content-Type", "multipart/form-data; boundary=b")
			.POST(HttpRequest.BodyPublishers.concat(HttpRequest.BodyPublishers.ofString(head),
					HttpRequest.BodyPublishers.ofByteArray(content),
					HttpRequest.BodyPublishers.ofString("\r\n--b--\r\n")))
			.build(), HttpResponse.BodyHandlers.ofString());
		if (response.statusCode() != 202) {
			throw new IllegalStateException(response.body());
		}
		return UUID.fromString(JSON.readTree(response.body()).get("task_id").asString());
	}

	public HttpResponse<String> get(String path) throws Exception {
		return HTTP.send(HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	public HttpResponse<String> post(String path) throws Exception {
		return HTTP.send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.noBody()).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	public JsonNode json(String path) throws Exception {
		return JSON.readTree(get(path).body());
	}

	/** Waits until the run has ended. */
	public JsonNode ended(UUID run) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> json("/upload/status/" + run), (status) -> hasEnded(status));
	}

	static boolean hasEnded(JsonNode status) {
		return RunStatus.of(status.get("status").asString()).ended();
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** Keeps the configurations of other tests out. */
	private static final class NoTestClasses extends TypeExcludeFilter {

		@Override
		public boolean match(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
			return reader.getResource().getURL().getPath().contains("/test-classes/");
		}

	}

}
