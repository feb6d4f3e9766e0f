package productimporter.imports;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import productimporter.Catalogue;
import productimporter.HeldTable;
import productimporter.TestDatabases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two nodes on one database: either serves every subscriber.
 */
class TwoNodesTests {

	private static final String CHUNKS = "importer.job.chunk-size=500";

	@Test
	void aSubscriberOfOneNodeFollowsARunOfTheOther() throws Exception {
		String database = TestDatabases.freshDatabase(TestDatabases.embedded18());
		Path uploads = Node.temporaryDirectory();
		try (Node a = Node.in(database, uploads, CHUNKS);
				Node b = Node.in(database, uploads, CHUNKS, "importer.imports.execute=false")) {
			try (StompClient clientOfA = new StompClient(a); StompClient clientOfB = new StompClient(b)) {
				List<StompClient.Received> seenAtA = clientOfA.subscribe("/topic/uploads");
				List<StompClient.Received> seenAtB = clientOfB.subscribe("/topic/uploads");
				UUID run = a.upload("shared.csv", Node.rows(50_000));
				for (List<StompClient.Received> seen : List.of(seenAtA, seenAtB)) {
					await().atMost(Duration.ofSeconds(60))
						.until(() -> seen.stream().anyMatch(StompClient.Received::hasEnded));
					StompProgressTests.assertGoesForward(seen);
					assertThat(seen).filteredOn((message) -> message.status().equals("importing"))
						.hasSizeGreaterThan(1);
					assertThat(seen.get(seen.size() - 1).body()).isEqualTo(b.json("/upload/status/" + run));
				}
				aStopReachesTheNodeThatRuns(a, b, database, seenAtA);
				aLostConnectionIsMadeUpFor(a, database, seenAtB);
			}
			openStreamsDoNotHoldUpAShutdown(a, b);
		}
	}

	private static void aStopReachesTheNodeThatRuns(Node a, Node b, String database, List<StompClient.Received> seen)
			throws Exception {
		for (Node asked : List.of(a, b)) {
			UUID run;
			try (HeldTable held = HeldTable.products(database)) {
				run = a.upload("stopped.csv", Node.rows(100_000));
				awaitStatus(seen, run, "importing");
				assertThat(asked.post("/upload/stop/" + run).statusCode()).isEqualTo(202);
				awaitStatus(seen, run, "stopping");
			}
			await().until(() -> seen.get(seen.size() - 1).isOf(run) && seen.get(seen.size() - 1).hasEnded());
			assertThat(a.ended(run).get("status").asString()).isEqualTo("stopped");
		}
	}

	private static void awaitStatus(List<StompClient.Received> seen, UUID run, String status) {
		await().until(() -> seen.stream().anyMatch((message) -> message.isOf(run) && message.status().equals(status)));
	}

	private static void aLostConnectionIsMadeUpFor(Node a, String database, List<StompClient.Received> seenAtB)
			throws Exception {
		UUID run = a.upload("interrupted.csv", Node.rows(20_000));
		Catalogue catalogue = new Catalogue(database);
		await().untilAsserted(() -> assertThat(seenAtB).anyMatch((message) -> message.isOf(run)));
		assertThat(catalogue.count("(SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
				+ " WHERE datname = current_database() AND application_name = 'product-importer notices') AS ended"))
			.isBetween(3L, 4L);
		await().atMost(Duration.ofSeconds(20))
			.until(() -> seenAtB.get(seenAtB.size() - 1).isOf(run) && seenAtB.get(seenAtB.size() - 1).hasEnded());
	}

	private static void openStreamsDoNotHoldUpAShutdown(Node a, Node b) throws Exception {
		UUID run = a.upload("long.csv", Node.rows(200_000));
		HttpResponse<Stream<String>> stream = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(b.uri("/upload/progress/" + run)).build(),
					HttpResponse.BodyHandlers.ofLines());
		long start = System.nanoTime();
		b.close();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
		assertThat(stream.body()).anyMatch((line) -> line.equals("event: progress"));
		assertThat(a.ended(run).get("status").asString()).isEqualTo("completed");
	}

}
