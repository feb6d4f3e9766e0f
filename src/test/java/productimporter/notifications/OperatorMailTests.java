package productimporter.notifications;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import productimporter.ImporterClient;
import productimporter.TestDatabases;
import productimporter.TestSettings;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What operators are told beside imports: bulk deletes, schedules that did not do their
 * work, webhooks that were switched off. Each by what makes it happen, to a real SMTP
 * server on loopback.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "importer.mail.operators=ops@example.com,night@example.com", "spring.mail.host=127.0.0.1",
				"importer.public-url=https://importer.example.com", "importer.schedules.poll-interval=100ms",
				"importer.imports.max-attempts=1", "importer.webhooks.poll-interval=100ms" })
class OperatorMailTests {

	private static final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	int port;

	@Autowired
	JdbcClient jdbc;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) {
		TestSettings.set(registry, TestDatabases.freshDatabase(TestDatabases.embedded18()));
		registry.add("spring.mail.port", () -> smtp.getSmtp().getPort());
	}

	@BeforeAll
	static void start() {
		smtp.start();
	}

	@AfterAll
	static void stop() {
		smtp.stop();
	}

	@BeforeEach
	void empty() throws Exception {
		this.jdbc.sql("TRUNCATE product").update();
		smtp.purgeEmailFromAllMailboxes();
	}

	@Test
	void theEndOfABulkDeleteThatAPersonStartedIsTold() throws Exception {
		fill();
		String job = send("DELETE", "/products?sku=old-", "").get("task_id").asString();
		MimeMessage message = received();
		assertThat(message.getSubject()).isEqualTo("Bulk delete completed: SKU contains “old-”");
		assertThat(text(message)).contains("What it takes: SKU contains “old-”", "100 products were deleted.",
				"https://importer.example.com/ui/jobs/" + job);
	}

	@Test
	void aScheduleIsToldOfWhenItsJobFailsAndNotWhenItDoesItsWork() throws Exception {
		fill();
		JsonNode schedule = schedule("Nightly\u2028<b>", 500);
		breakDeletes();
		try {
			comes(schedule, Duration.ofSeconds(1));
			MimeMessage message = received();
			assertThat(message.getSubject()).isEqualTo("Schedule failed: Nightly <b>");
			assertThat(text(message)).contains("0 products were deleted.", "Its page lets it go on with the rest.",
					"https://importer.example.com/ui/jobs/");
			assertThat(html(message)).doesNotContain("<b>");
		}
		finally {
			this.jdbc.sql("DROP TRIGGER broken ON product").update();
		}
		smtp.purgeEmailFromAllMailboxes();
		comes(schedule, Duration.ofSeconds(1));
		await().atMost(Duration.ofSeconds(30)).until(() -> products() == 0);
		await().until(() -> waitingRuns() == 0);
		// written in the transaction that ended the job, so it would be there
		assertThat(this.jdbc.sql("SELECT count(*) FROM mail").query(Long.class).single()).isZero();
		assertThat(smtp.getReceivedMessages()).isEmpty();
	}

	@Test
	void aScheduleThatIsHeldOrMissedIsToldOfOnceInARow() throws Exception {
		fill();
		JsonNode schedule = schedule("Cautious", 99);
		comes(schedule, Duration.ofSeconds(1));
		MimeMessage held = received();
		assertThat(held.getSubject()).isEqualTo("Schedule not started: Cautious");
		assertThat(text(held)).contains("100 products match, more than its limit of 99.", "Nothing was deleted.",
				"https://importer.example.com/ui/schedules");
		smtp.purgeEmailFromAllMailboxes();
		comes(schedule, Duration.ofSeconds(2));
		assertThat(smtp.getReceivedMessages()).as("the second in a row").isEmpty();
		comes(schedule, Duration.ofDays(2));
		assertThat(text(received())).contains("No server was there at that time, nor soon after it.");
		assertThat(products()).isEqualTo(100);
	}

	@Test
	void aWebhookThatIsSwitchedOffIsToldOf() throws Exception {
		HttpServer gone = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		gone.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(410, -1);
			exchange.close();
		});
		gone.start();
		try {
			JsonNode webhook = send("POST", "/webhooks",
					"{\"name\": \"Shop\", \"url\": \"http://127.0.0.1:%d/\", \"event_type\": \"product.created\"}"
						.formatted(gone.getAddress().getPort()));
			send("POST", "/products", "{\"sku\": \"w-1\", \"name\": \"One\"}");
			MimeMessage message = received();
			assertThat(message.getSubject()).isEqualTo("The webhook Shop is switched off");
			assertThat(text(message)).contains("410 Gone",
					"https://importer.example.com/ui/webhooks/" + webhook.get("id").asString());
		}
		finally {
			gone.stop(0);
		}
	}

	/** Moves a schedule's next time into the past, and waits until it has passed. */
	private void comes(JsonNode schedule, Duration ago) {
		String id = schedule.get("id").asString();
		this.jdbc.sql("""
				WITH moved AS (UPDATE schedule SET next_at = now() - ?::interval WHERE id = ?::uuid)
				UPDATE scheduled_delete SET execution_time = now() - interval '1 second' WHERE task_instance = ?""")
			.params(ago.toSeconds() + " seconds", id, id)
			.update();
		await().atMost(Duration.ofSeconds(30))
			.until(() -> this.jdbc.sql("""
					SELECT next_at > now() AND NOT picked AND execution_time > now()
					FROM schedule JOIN scheduled_delete ON task_instance = id::text WHERE id = ?::uuid""")
				.param(id)
				.query(Boolean.class)
				.single());
	}

	private JsonNode schedule(String name, int limit) {
		return send("POST", "/schedules", """
				{"name": "%s", "cron": "0 0 3 1 1 *", "filter": {"sku": "old-"}, "limit": %d}""".formatted(name,
				limit));
	}

	private void fill() {
		this.jdbc.sql("""
				INSERT INTO product (id, sku, name)
				SELECT gen_random_uuid(), 'old-' || i, 'Product' FROM generate_series(1, 100) AS i""").update();
	}

	private void breakDeletes() {
		this.jdbc.sql("""
				CREATE OR REPLACE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS
				$$ BEGIN RAISE EXCEPTION 'broken'; END $$""").update();
		this.jdbc.sql("CREATE TRIGGER broken BEFORE DELETE ON product EXECUTE FUNCTION broken()").update();
	}

	private long products() {
		return this.jdbc.sql("SELECT count(*) FROM product").query(Long.class).single();
	}

	private long waitingRuns() {
		return this.jdbc.sql("SELECT count(*) FROM import_run WHERE finished_at IS NULL").query(Long.class).single();
	}

	/** One mail to each of the operators, the same to both. */
	private static MimeMessage received() throws Exception {
		assertThat(smtp.waitForIncomingEmail(Duration.ofSeconds(30).toMillis(), 2)).isTrue();
		List<MimeMessage> messages = Arrays.asList(smtp.getReceivedMessages());
		assertThat(messages).extracting((message) -> message.getAllRecipients()[0].toString())
			.containsExactlyInAnyOrder("ops@example.com", "night@example.com");
		assertThat(messages.get(0).getSubject()).isEqualTo(messages.get(1).getSubject());
		return messages.get(0);
	}

	private static String text(MimeMessage message) throws Exception {
		return alternative(message, 0);
	}

	private static String html(MimeMessage message) throws Exception {
		return alternative(message, 1);
	}

	private static String alternative(MimeMessage message, int index) throws Exception {
		Multipart related = (Multipart) ((Multipart) message.getContent()).getBodyPart(0).getContent();
		Multipart both = (Multipart) related.getBodyPart(0).getContent();
		return both.getBodyPart(index).getContent().toString();
	}

	private JsonNode send(String method, String path, String body) {
		try {
			HttpResponse<String> response = this.http
				.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
					.header("Content-Type", "application/json")
					.method(method, HttpRequest.BodyPublishers.ofString(body))
					.build(), HttpResponse.BodyHandlers.ofString());
			assertThat(response.statusCode()).as(method + " " + path + ": " + response.body()).isBetween(200, 202);
			return new ImporterClient(this.port).parse(response.body());
		}
		catch (java.io.IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
