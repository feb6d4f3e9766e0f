package productimporter.imports;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import productimporter.HeldTable;
import productimporter.TestDatabases;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What server-sent events show of a run.
 */
class ProgressStreamTests {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final String DATABASE = TestDatabases.freshDatabase(TestDatabases.embedded18());

	@TempDir
	private static Path uploads;

	private static Node node;

	@BeforeAll
	static void start() {
		node = Node.in(DATABASE, uploads, "importer.job.chunk-size=500", "importer.imports.max-streams=3",
				"importer.imports.stream-heartbeat=200ms");
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@Test
	void theStreamFollowsTheRunToItsExactEndAndCloses() throws Exception {
		UUID run = node.upload("followed.csv", Node.rows(50_000));
		HttpResponse<Stream<String>> stream = stream(run);
		assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=UTF-8");
		List<JsonNode> states = states(stream);
		assertThat(states).hasSizeGreaterThan(2);
		assertThat(states.stream().map((state) -> state.get("percent").asDouble()).toList()).isSorted();
		assertThat(states).filteredOn(Node::hasEnded).hasSize(1);
		assertThat(states.get(states.size() - 1)).isEqualTo(node.json("/upload/status/" + run));
	}

	@Test
	void ofARunThatHasEndedThereIsOneEvent() throws Exception {
		UUID run = node.upload("ended.csv", Node.rows(10));
		node.ended(run);
		assertThat(states(stream(run))).containsExactly(node.json("/upload/status/" + run));
	}

	@Test
	void aBrowserThatHasSeenTheEndIsToldNotToComeAgain() throws Exception {
		UUID run = node.upload("seen.csv", Node.rows(10));
		node.ended(run);
		String id = stream(run).body().filter((line) -> line.startsWith("id:")).findFirst().orElseThrow();
		HttpResponse<Void> again = HTTP.send(HttpRequest.newBuilder(node.uri("/upload/progress/" + run))
			.header("Last-Event-ID", id.substring(3).strip())
			.build(), HttpResponse.BodyHandlers.discarding());
		assertThat(again.statusCode()).isEqualTo(204);
	}

	@Test
	void anUnknownRunIsNotFound() throws Exception {
		HttpResponse<String> response = node.get("/upload/progress/" + UUID.randomUUID());
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
	}

	@Test
	void streamsAreBoundedAndGiveTheirPlacesBack() throws Exception {
		List<HttpResponse<Stream<String>>> open = new ArrayList<>();
		UUID run;
		try (HeldTable held = HeldTable.products(DATABASE)) {
			run = node.upload("busy.csv", Node.rows(10));
			for (int i = 0; i < 3; i++) {
				open.add(stream(run));
			}
			HttpResponse<String> refused = node.get("/upload/progress/" + run);
			assertThat(refused.statusCode()).isEqualTo(503);
			assertThat(refused.headers().firstValue("Retry-After")).hasValue("10");
			assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
			open.remove(0).body().close();
			await().until(() -> {
				HttpResponse<Stream<String>> another = answer(run);
				open.add(another);
				return another.statusCode() == 200;
			});
		}
		open.forEach((stream) -> stream.body().close());
		node.ended(run);
	}

	@Test
	void aQuietStreamShowsThatItIsAlive() throws Exception {
		try (HeldTable held = HeldTable.products(DATABASE)) {
			UUID quiet = node.upload("quiet.csv", Node.rows(10));
			HttpResponse<Stream<String>> stream = stream(quiet);
			assertThat(
					CompletableFuture.supplyAsync(() -> stream.body().anyMatch(":"::equals)).get(1, TimeUnit.MINUTES))
				.isTrue();
			held.release();
			node.ended(quiet);
			stream.body().close();
		}
	}

	@Test
	void aStreamThatNobodyReadsDoesNotStopTheRun() throws Exception {
		UUID run = node.upload("unread.csv", Node.rows(20_000));
		HttpResponse<Stream<String>> unread = stream(run);
		assertThat(node.ended(run).get("status").asString()).isEqualTo("completed");
		unread.body().close();
	}

	private static HttpResponse<Stream<String>> stream(UUID run) throws Exception {
		HttpResponse<Stream<String>> response = answer(run);
		assertThat(response.statusCode()).isEqualTo(200);
		return response;
	}

	private static HttpResponse<Stream<String>> answer(UUID run) throws Exception {
		return HTTP.send(HttpRequest.newBuilder(node.uri("/upload/progress/" + run))
			.header("Accept", "text/event-stream")
			.build(), HttpResponse.BodyHandlers.ofLines());
	}

	/** All until the stream closes. */
	private static List<JsonNode> states(HttpResponse<Stream<String>> stream) {
		return stream.body()
			.filter((line) -> line.startsWith("data: "))
			.map((line) -> Node.JSON.readTree(line.substring(6)))
			.toList();
	}

}
