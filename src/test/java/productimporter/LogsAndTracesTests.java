package productimporter;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a real process writes to its log, and sends to a collector of traces that listens
 * on loopback.
 */
class LogsAndTracesTests {

	private static final JsonMapper json = JsonMapper.builder().build();

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	Path data;

	/** What the collector was sent. */
	private final List<String> traces = new CopyOnWriteArrayList<>();

	private HttpServer collector;

	@BeforeEach
	void listen() throws IOException {
		this.collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.collector.createContext("/v1/traces", (exchange) -> {
			this.traces.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		this.collector.start();
	}

	@AfterEach
	void close() {
		this.collector.stop(0);
	}

	@Test
	void everyLineIsJsonThoseOfARunHaveItsIdAndNobodyIsNamed() throws Exception {
		String run;
		try (ImporterProcess node = start("LOG_FORMAT=logstash", "TRACES=true", "OTEL_TRACES_SAMPLER=always_on")) {
			run = imported(node);
			await().atMost(Duration.ofSeconds(30))
				.until(() -> this.traces.stream().anyMatch((trace) -> trace.contains("http post /upload")));
		}
		List<JsonNode> lines = Files.readAllLines(this.data.resolve("application.log"))
			.stream()
			.map(json::readTree)
			.toList();
		assertThat(lines).isNotEmpty().allMatch(JsonNode::isObject);
		assertThat(lines.stream().filter((line) -> line.path("run").asString("").equals(run))).isNotEmpty()
			.allSatisfy((line) -> assertThat(line.propertyNames()).contains("@timestamp", "level", "logger_name",
					"message"));
		assertThat(lines.stream().map(JsonNode::toString)).noneMatch((line) -> line.contains("ann@example.com"))
			.noneMatch((line) -> line.contains("a secret name"));
		assertThat(this.traces).noneMatch((trace) -> trace.contains("ann@example.com"))
			.noneMatch((trace) -> trace.contains("a secret name"));
	}

	@Test
	void logsAreTextAndNothingIsTracedUnlessAskedFor() throws Exception {
		String run;
		try (ImporterProcess node = start("OTEL_TRACES_SAMPLER=always_on")) {
			run = imported(node);
		}
		assertThat(Files.readString(this.data.resolve("application.log"))).contains(" INFO [run " + run + "] ")
			.doesNotContain("ann@example.com", "a secret name");
		assertThat(this.traces).isEmpty();
	}

	private ImporterProcess start(String first, String... further) {
		List<String> settings = new ArrayList<>(List.of(further));
		settings.add(first);
		settings.add("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:" + this.collector.getAddress().getPort());
		// nobody listens there: that a mail could not be sent is logged
		settings.add("spring.mail.host=127.0.0.1");
		settings.add("spring.mail.port=1");
		return ImporterProcess.start(this.data, settings.toArray(String[]::new));
	}

	private static String imported(ImporterProcess node) {
		ImporterClient client = node.client();
		var answer = client.post("people.csv",
				"sku,name,price\nl-1,a secret name,1\nann@example.com,x,y\n".getBytes(StandardCharsets.UTF_8),
				Map.of("notify", "ann@example.com"));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
		String run = client.parse(answer.body()).get("task_id").asString();
		assertThat(client.await(run).get("status").asString()).isEqualTo("completed");
		return run;
	}

}
