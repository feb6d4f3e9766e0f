package productimporter;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import productimporter.webhooks.Receiver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills the application in the midst of an import and of its deliveries: what the
 * receiver is told in the end is what the database holds. The long form, at random
 * moments as often as {@code -Dfaults.count} says, is run by
 * {@code ops/faults/run --only}.
 */
class WebhookCrashTests {

	private static final String[] SETTINGS = { "importer.job.chunk-size=2000", "importer.webhooks.heartbeat=500ms",
			"importer.webhooks.poll-interval=1s" };

	@TempDir
	Path directory;

	@Test
	void afterAKillInTheMidstOfImportAndDeliveryTheReceiverKnowsWhatTheDatabaseHolds() {
		ProductFile file = ProductFile.write(this.directory.resolve("products.csv"), 40_000, 21, 0.01);
		Path data = this.directory.resolve("data");
		try (Receiver receiver = new Receiver()) {
			ImporterProcess importer = ImporterProcess.start(data, SETTINGS);
			try {
				webhook(importer, receiver);
				String task = importer.client().upload(file.path());
				Catalogue catalogue = importer.catalogue();
				await().until(() -> catalogue.count("webhook_event") > 5);
				importer.kill();
				importer = ImporterProcess.start(data, SETTINGS);
				await().until(() -> receiver.messages().size() > 10);
				importer.kill();
				importer = ImporterProcess.start(data, SETTINGS);
				assertThat(importer.client().await(task).get("status").asString()).isEqualTo("completed");
				assertKnows(receiver, importer);
			}
			finally {
				importer.close();
			}
		}
	}

	@Test
	@EnabledIfSystemProperty(named = "faults.count", matches = "[1-9][0-9]*")
	void atRandomMoments() {
		Faults faults = new Faults(this.directory);
		Path data = this.directory.resolve("data");
		ImporterProcess importer = ImporterProcess.start(data, SETTINGS);
		try {
			for (int i = 0; i < faults.count(); i++) {
				try (Receiver receiver = new Receiver()) {
					importer.catalogue()
						.execute("TRUNCATE product, webhook, webhook_event, webhook_delivery, webhook_try");
					webhook(importer, receiver);
					String task = importer.client().upload(faults.file().path());
					faults.pause(2_000 + faults.file().rows() / 40);
					importer.kill();
					importer = ImporterProcess.start(data, SETTINGS);
					boolean delivering = importer.catalogue().count("webhook_delivery WHERE state = 'pending'") > 0;
					faults.hit(Faults.moment(importer.catalogue()) + (delivering ? ", delivering" : ""));
					assertThat(importer.client().await(task).get("status").asString()).isEqualTo("completed");
					assertKnows(receiver, importer);
				}
			}
		}
		finally {
			faults.tell("application killed with a webhook");
			importer.close();
		}
	}

	private static void assertKnows(Receiver receiver, ImporterProcess importer) {
		Catalogue catalogue = importer.catalogue();
		await().until(() -> receiver.messages("upload.completed").size() > 0
				&& catalogue.count("webhook_delivery WHERE state = 'pending'") == 0);
		assertThat(new TreeSet<>(receiver.ids("product.created"))).isEqualTo(ids(catalogue));
		assertThat(receiver.messages("product.updated")).isEmpty();
		assertThat(catalogue.count("webhook_delivery WHERE state <> 'delivered'")).isZero();
	}

	private static Set<String> ids(Catalogue catalogue) {
		try (Connection connection = DriverManager.getConnection(catalogue.url());
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT id::text FROM product")) {
			Set<String> ids = new TreeSet<>();
			while (row.next()) {
				ids.add(row.getString(1));
			}
			return ids;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void webhook(ImporterProcess importer, Receiver receiver) {
		String body = "{\"url\": \"%s\", \"event_types\": [\"product.created\", \"product.updated\", \"upload.completed\"]}"
			.formatted(receiver.url());
		HttpResponse<String> response = HttpClient.newHttpClient()
			.sendAsync(HttpRequest.newBuilder(URI.create(importer.client().base() + "/webhooks"))
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString(body))
				.build(), HttpResponse.BodyHandlers.ofString())
			.join();
		assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(20)).ignoreExceptions();
	}

}
