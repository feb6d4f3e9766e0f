package productimporter.imports;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is there to watch the application by: health, metrics, and the dashboard and
 * alerts of {@code ops/monitoring}.
 */
class MonitoringTests {

	private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");

	private static final Path MONITORING = Path.of("ops/monitoring");

	private static Node node;

	@BeforeAll
	static void start() {
		node = Node.alone("importer.imports.metrics-interval=200ms");
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@Test
	void healthIsToldWithoutDetails() throws Exception {
		for (String path : List.of("", "/liveness", "/readiness")) {
			assertThat(node.get("/actuator/health" + path).body()).as(path)
				.isIn("{\"status\":\"UP\"}", "{\"groups\":[\"liveness\",\"readiness\"],\"status\":\"UP\"}",
						"{\"status\":\"UP\",\"groups\":[\"liveness\",\"readiness\"]}");
		}
	}

	@Test
	void nothingElseIsExposed() throws Exception {
		for (String path : List.of("env", "beans", "heapdump", "loggers", "metrics", "shutdown", "info", "mappings",
				"configprops", "flyway", "health/db", "health/diskSpace")) {
			assertThat(node.get("/actuator/" + path).statusCode()).as(path).isEqualTo(404);
		}
	}

	@Test
	void rowsAndRunsAreCountedByOutcome() throws Exception {
		double before = value("importer_rows_total", "outcome=\"created\"");
		node.ended(node.upload("metrics.csv", "sku,name,price\nm-1,One,1\nm-1,One again,1\nm-2,Two,x\nm-3,Three,3\n"));
		await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
			assertThat(value("importer_rows_total", "outcome=\"created\"") - before).isEqualTo(2);
			assertThat(value("importer_rows_total", "outcome=\"superseded\"")).isEqualTo(1);
			assertThat(value("importer_rows_total", "outcome=\"rejected\"")).isEqualTo(1);
			assertThat(value("importer_run_duration_seconds_count", "status=\"completed\"")).isEqualTo(1);
			assertThat(value("importer_runs", "status=\"completed\"")).isEqualTo(1);
			assertThat(value("importer_queue_length", null)).isZero();
		});
	}

	@Test
	void everyQueryOfTheDashboardAsksForMetricsThatAreThere() throws Exception {
		JsonNode dashboard = Node.JSON.readTree(Files.readString(MONITORING.resolve("grafana-dashboard.json")));
		List<String> queries = new ArrayList<>(dashboard.findValuesAsString("expr"));
		assertThat(queries).hasSizeGreaterThan(10);
		queries.forEach(MonitoringTests::assertKnown);
	}

	@Test
	void everyAlertAsksForMetricsThatAreThere() throws Exception {
		JsonNode rules = Node.JSON
			.valueToTree(new Yaml().load(Files.readString(MONITORING.resolve("alert-rules.yaml"))));
		List<String> queries = rules.findValuesAsString("expr");
		assertThat(queries).hasSizeGreaterThan(5);
		queries.forEach(MonitoringTests::assertKnown);
	}

	private static void assertKnown(String query) {
		Set<String> asked = metricsIn(query);
		assertThat(asked).as(query).isNotEmpty();
		assertThat(scraped()).as(query).containsAll(asked);
	}

	/**
	 * Names that a PromQL expression takes samples of: no function, no keyword, no label.
	 */
	static Set<String> metricsIn(String query) {
		String bare = query.replaceAll("\"[^\"]*\"", "")
			.replaceAll("\\{[^}]*}", "")
			.replaceAll("\\[[^]]*]", "")
			.replaceAll("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)", "");
		Set<String> names = new TreeSet<>();
		Matcher word = Pattern.compile("(?<![a-zA-Z0-9_:.])[a-zA-Z_:][a-zA-Z0-9_:]*(?!\\s*\\(|[a-zA-Z0-9_:])")
			.matcher(bare);
		while (word.find()) {
			if (!Set.of("and", "or", "unless", "bool", "offset", "m", "s", "h").contains(word.group())) {
				names.add(word.group());
			}
		}
		return names;
	}

	private static Set<String> scraped() {
		Set<String> names = new TreeSet<>(Set.of("up"));
		for (Matcher sample : samples()) {
			names.add(sample.group(1));
		}
		return names;
	}

	private static double value(String name, String label) {
		for (Matcher sample : samples()) {
			if (sample.group(1).equals(name)
					&& (label == null || sample.group(2) != null && sample.group(2).contains(label))) {
				return Double.parseDouble(sample.group(3));
			}
		}
		throw new AssertionError("There is no " + name + " with " + label);
	}

	/** Every line of the exposition format that is no comment must be a sample. */
	private static List<Matcher> samples() {
		try {
			List<Matcher> samples = new ArrayList<>();
			for (String line : node.get("/actuator/prometheus").body().lines().toList()) {
				if (!line.startsWith("#")) {
					Matcher sample = SAMPLE.matcher(line);
					assertThat(sample.matches()).as(line).isTrue();
					samples.add(sample);
				}
			}
			return samples;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
