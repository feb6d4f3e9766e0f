package productimporter.imports;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import productimporter.HeldTable;
import productimporter.platform.TopicMessages;

import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What STOMP subscribers see of runs.
 */
class StompProgressTests {

	private static Node node;

	@BeforeAll
	static void start() {
		node = Node.alone("importer.job.chunk-size=500");
		// an import takes longer than to look at it, however fast the machine is
		node.catalogue().slowDown(0.02);
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@Test
	void aSubscriberSeesTheRunGoForwardOnlyAndLastItsExactEnd() throws Exception {
		try (StompClient client = new StompClient(node)) {
			List<StompClient.Received> all = client.subscribe("/topic/uploads");
			UUID run = node.upload("fifty-thousand.csv", Node.rows(50_000) + "no-name,\n");
			await().atMost(Duration.ofSeconds(60)).until(() -> !all.isEmpty() && last(all).hasEnded());
			// nothing follows the end
			await().during(Duration.ofMillis(500)).until(() -> last(all).hasEnded());
			assertThat(all).allMatch((message) -> message.isOf(run));
			assertThat(last(all).body()).isEqualTo(node.json("/upload/status/" + run));
			assertThat(last(all).body().get("rejected").asLong()).isEqualTo(1);
			assertThat(all).filteredOn(StompClient.Received::hasEnded).hasSize(1);
			assertGoesForward(all);
			assertThat(all).extracting(StompClient.Received::status).contains("importing", "completed");
			assertThat(mostInASecond(all)).isBetween(2, 10);
		}
	}

	@Test
	void whoSubscribesAfterTheEndGetsTheEndAtOnce() throws Exception {
		UUID run = node.upload("ended.csv", Node.rows(10));
		node.ended(run);
		try (StompClient client = new StompClient(node)) {
			List<StompClient.Received> one = client.subscribe("/topic/uploads." + run);
			await().until(() -> !one.isEmpty());
			// the end may be published once more, if it was about to be
			assertThat(one)
				.allSatisfy((message) -> assertThat(message.body()).isEqualTo(node.json("/upload/status/" + run)));
		}
	}

	@Test
	void whoSubscribesToAllGetsEveryUnfinishedRunFirst() throws Exception {
		try (StompClient client = new StompClient(node); HeldTable held = HeldTable.products(node.catalogue().url())) {
			UUID first = node.upload("first.csv", Node.rows(1_000));
			UUID second = node.upload("second.csv", Node.rows(1_000));
			List<StompClient.Received> all = client.subscribe("/topic/uploads");
			List<StompClient.Received> jobs = client.subscribe("/topic/jobs");
			await().until(() -> all.size() >= 2 && jobs.size() >= 2);
			assertThat(all.subList(0, 2)).anyMatch((message) -> message.isOf(first) && !message.hasEnded())
				.anyMatch((message) -> message.isOf(second) && message.status().equals("queued"));
			assertThat(jobs).allMatch((message) -> message.body().get("kind").asString().equals("import"));
			held.release();
			node.ended(second);
			await().until(() -> all.stream().anyMatch((message) -> message.isOf(second) && message.hasEnded()));
			await().until(() -> jobs.stream().anyMatch((message) -> message.isOf(second) && message.hasEnded()));
			// it has moved up when the first ended
			assertThat(all).filteredOn((message) -> message.isOf(second))
				.anyMatch(
						(message) -> message.body().get("message").asString().equals("Waiting behind 1 other import"));
		}
	}

	@Test
	void aStopIsSeenAndARetryGoesOn() throws Exception {
		try (StompClient client = new StompClient(node); HeldTable held = HeldTable.products(node.catalogue().url())) {
			UUID run = node.upload("stopped.csv", Node.rows(50_000));
			List<StompClient.Received> one = client.subscribe("/topic/uploads." + run);
			await().until(() -> one.stream().anyMatch((message) -> message.status().equals("importing")));
			assertThat(node.post("/jobs/" + run + "/stop").statusCode()).isEqualTo(202);
			held.release();
			await().until(() -> last(one).status().equals("stopped"));
			assertThat(node.post("/jobs/" + run + "/restart").statusCode()).isEqualTo(202);
			await().atMost(Duration.ofSeconds(30)).until(() -> last(one).status().equals("completed"));
			assertThat(percents(one)).isSorted();
			assertThat(last(one).body().get("rows_read").asLong()).isEqualTo(50_000);
		}
	}

	@Test
	void aSendIsRefusedAndReachesNobody() throws Exception {
		try (StompClient client = new StompClient(node); StompClient other = new StompClient(node)) {
			List<StompClient.Received> seen = other.subscribe("/topic/uploads");
			client.send("/topic/uploads", "{}");
			await().until(() -> !client.errors().isEmpty() && !client.isConnected());
			assertThat(client.errors().get(0)).startsWith("Clients can't SEND here");
			assertThat(seen).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/topic/**", "/topic/uploads.*", "/topic/uploads.x", "/topic/products", "/queue/x", "/user/x" })
	void aSubscriptionElsewhereIsRefused(String destination) throws Exception {
		try (StompClient client = new StompClient(node)) {
			client.subscribe(destination);
			await().until(() -> !client.errors().isEmpty() && !client.isConnected());
			assertThat(client.errors().get(0)).startsWith("There is nothing to subscribe to at " + destination);
		}
	}

	@Test
	void aConnectionHasABoundedNumberOfSubscriptions() throws Exception {
		try (StompClient client = new StompClient(node)) {
			for (int i = 0; i < 100; i++) {
				client.subscribe("/topic/uploads." + UUID.randomUUID());
			}
			client.subscribe("/topic/uploads");
			await().until(() -> !client.errors().isEmpty() && !client.isConnected());
			assertThat(client.errors().get(0)).startsWith("This connection has 100 subscriptions already");
		}
	}

	@Test
	void pagesOfOtherOriginsAreRefused() throws Exception {
		new StompClient(node, "http://127.0.0.1:" + node.port()).close();
		assertThatThrownBy(() -> new StompClient(node, "https://elsewhere.example")).hasStackTraceContaining("403");
	}

	@Test
	void versionAndHeartbeatsAreAgreed() throws Exception {
		try (StompClient client = new StompClient(node)) {
			await().until(() -> client.connected().getFirst("version") != null);
			assertThat(client.connected().getFirst("version")).isEqualTo("1.2");
			assertThat(client.connected().getHeartbeat()).containsExactly(10_000, 10_000);
		}
	}

	@Test
	void sendingNeedsNoThreadsOfItsOwn() {
		assertThat(node.bean("clientInboundChannelExecutor")).isInstanceOf(SyncTaskExecutor.class);
		assertThat(node.bean("clientOutboundChannelExecutor")).isInstanceOf(SyncTaskExecutor.class);
		assertThat(node.bean("applicationTaskExecutor")).isInstanceOf(ThreadPoolTaskExecutor.class);
	}

	@Test
	void whoNeverReadsIsCutOffAndSlowsNobody() throws Exception {
		TopicMessages messages = node.bean(TopicMessages.class);
		WebSocket deaf = deafSubscriber();
		try (StompClient client = new StompClient(node)) {
			await().until(() -> messages.hasSubscribers("/topic/jobs"));
			List<StompClient.Received> seen = client.subscribe("/topic/uploads");
			await().until(() -> messages.hasSubscribers("/topic/uploads"));
			Map<String, String> large = Map.of("text", "x".repeat(10_000));
			int sent = 0;
			long slowest = 0;
			while (messages.hasSubscribers("/topic/jobs")) {
				assertThat(sent).as("messages of 10 kB to who never reads").isLessThan(5_000);
				long start = System.nanoTime();
				messages.send("/topic/jobs", large);
				messages.send("/topic/uploads", Map.of("number", sent));
				slowest = Math.max(slowest, System.nanoTime() - start);
				sent++;
				int expected = sent;
				await().pollInterval(Duration.ofMillis(1)).until(() -> seen.size() == expected);
			}
			assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(5));
		}
		finally {
			deaf.abort();
		}
	}

	@Test
	void aRunCompletesBesideWhoNeverReads() throws Exception {
		WebSocket deaf = deafSubscriber();
		try {
			UUID run = node.upload("unread.csv", Node.rows(2_000));
			assertThat(node.ended(run).get("created").asLong() + node.ended(run).get("unchanged").asLong())
				.isEqualTo(2_000);
		}
		finally {
			deaf.abort();
		}
	}

	/** Subscribes to /topic/jobs and never asks for a message. */
	private static WebSocket deafSubscriber() throws Exception {
		WebSocket socket = HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.buildAsync(URI.create("ws://127.0.0.1:" + node.port() + "/ws"), new WebSocket.Listener() {
				@Override
				public void onOpen(WebSocket opened) {
					// asks for nothing
				}
			})
			.get(10, TimeUnit.SECONDS);
		socket.sendText("CONNECT\naccept-version:1.2\nhost:x\n\n\0", true).get(10, TimeUnit.SECONDS);
		socket.sendText("SUBSCRIBE\nid:1\ndestination:/topic/jobs\n\n\0", true).get(10, TimeUnit.SECONDS);
		return socket;
	}

	static void assertGoesForward(List<StompClient.Received> messages) {
		assertThat(percents(messages)).isSorted();
		assertThat(messages.stream().map((message) -> RunStatus.of(message.status())).toList()).isSorted();
		assertThat(messages.stream()
			.filter((message) -> message.status().equals("importing"))
			.map((message) -> message.body().get("rows_read").asLong())
			.toList()).isSorted();
	}

	private static List<Double> percents(List<StompClient.Received> messages) {
		return messages.stream().map((message) -> message.body().get("percent").asDouble()).toList();
	}

	/** The most messages that came within one second. */
	private static int mostInASecond(List<StompClient.Received> messages) {
		long[] times = messages.stream().mapToLong(StompClient.Received::at).toArray();
		int most = (int) Arrays.stream(times)
			.map((from) -> Arrays.stream(times).filter((at) -> at >= from && at - from < 1_000_000_000L).count())
			.max()
			.orElse(0);
		return most;
	}

	private static StompClient.Received last(List<StompClient.Received> messages) {
		return messages.get(messages.size() - 1);
	}

}
