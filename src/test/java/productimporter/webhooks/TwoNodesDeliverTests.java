package productimporter.webhooks;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import productimporter.Catalogue;
import productimporter.TestDatabases;
import productimporter.imports.Node;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes on one database: each message is sent by one of them.
 */
class TwoNodesDeliverTests {

	@Test
	void nothingIsSentTwice() throws Exception {
		String database = TestDatabases.freshDatabase(TestDatabases.embedded18());
		Path uploads = Node.temporaryDirectory();
		String key = "importer.secret-key=" + "k".repeat(40);
		try (Node a = Node.in(database, uploads, key, "importer.job.chunk-size=500");
				Node b = Node.in(database, uploads, key, "importer.job.chunk-size=500");
				Receiver one = new Receiver();
				Receiver other = new Receiver()) {
			for (Receiver receiver : List.of(one, other)) {
				send(a, "/webhooks", "{\"url\": \"%s\", \"event_types\": [\"product.created\", \"upload.completed\"]}"
					.formatted(receiver.url()));
			}
			a.ended(a.upload("products.csv", Node.rows(20_000)));
			List<Integer> statuses = new ArrayList<>();
			for (int i = 0; i < 40; i++) {
				statuses.add(send((i % 2 == 0) ? a : b, "/products",
						"{\"sku\": \"by-hand-%d\", \"name\": \"x\"}".formatted(i)));
			}
			assertThat(statuses).containsOnly(201);
			Catalogue catalogue = new Catalogue(database);
			WebhooksTest.await()
				.atMost(Duration.ofSeconds(60))
				.until(() -> catalogue.count("webhook_delivery WHERE state = 'pending'") == 0
						&& one.ids("product.created").size() >= 20_040
						&& other.ids("product.created").size() >= 20_040);
			for (Receiver receiver : List.of(one, other)) {
				assertThat(receiver.messages()).extracting(Receiver.Message::id).doesNotHaveDuplicates();
				assertThat(receiver.ids("product.created")).hasSize(20_040).doesNotHaveDuplicates();
				assertThat(receiver.mostInFlight()).isLessThanOrEqualTo(4);
			}
		}
	}

	private static int send(Node node, String path, String body) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(node.uri(path))
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString(body))
				.build(), HttpResponse.BodyHandlers.discarding())
			.statusCode();
	}

}
