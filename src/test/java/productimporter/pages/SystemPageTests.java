package productimporter.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The operators' page on a node that executes nothing, and whose mail server is not
 * there: all that waits is shown, measured, and no reason to restart it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestPropertySource(properties = { "importer.imports.execute=false", "importer.webhooks.send=false",
		"importer.imports.metrics-interval=100ms", "spring.mail.host=127.0.0.1",
		"importer.mail.operators=ops@example.com", "importer.mail.first-retry=1h" })
class SystemPageTests extends PagesTest {

	private Browser browser;

	@DynamicPropertySource
	static void nobodyListens(DynamicPropertyRegistry registry) {
		int port = freePort();
		registry.add("spring.mail.port", () -> port);
	}

	@BeforeAll
	void startBrowser() {
		this.browser = new Browser(this.port);
	}

	@AfterAll
	void quitBrowser() {
		if (this.browser != null) {
			this.browser.close();
		}
	}

	@Test
	void whatWaitsIsShownAndMeasuredAndNoReasonToRestart() throws Exception {
		this.browser.open("/");
		this.browser.click("header .menu summary");
		this.browser.click("header .menu a[href='/ui/system']");
		this.browser.waitFor("#runs", "Waiting 0 Oldest waits for – At work 0 Rows a second 0");
		this.browser.waitFor("#deliveries", "Waiting 0 Oldest waits for – First is overdue for –");
		this.browser.waitFor("#mails", "Waiting 0 Oldest waits for – Given up 0");
		assertThat(this.browser.shows("#main .note")).isFalse();
		look("empty");

		pileUp();
		this.browser.open("/ui/system");
		this.browser.waitFor("#runs", "Waiting 2 Oldest waits for 3 hours At work 0 Rows a second 0");
		assertThat(this.browser.text("#runs")).contains("One has been waiting for long", "Nothing is at work.");
		this.browser.waitFor("#deliveries", "Waiting 1 Oldest waits for 5 hours First is overdue for 4 hours");
		this.browser.waitFor("#mails", "Waiting 1 Oldest waits for 2 hours Given up 1");
		assertThat(this.browser.text("#mails")).contains("The last mail that failed", "ConnectException",
				"It is tried again by itself.");
		this.browser.script("window.neverReloaded = true");
		this.jdbc.sql("UPDATE mail SET given_up_at = now() WHERE given_up_at IS NULL").update();
		this.browser.waitFor("#mails", "Waiting 0 Oldest waits for – Given up 2");
		assertThat(this.browser.text("#mails")).contains("It was given up: nobody gets it.");
		assertThat(this.browser.script("return window.neverReloaded")).isEqualTo(true);
		this.jdbc.sql("UPDATE mail SET given_up_at = NULL WHERE tries = 1").update();
		look("piled up");

		await().untilAsserted(() -> assertThat(client().get("/actuator/prometheus").body()).contains(
				"importer_queue_length 2.0", "importer_deliveries_waiting 1.0", "importer_mails_waiting 1.0",
				"importer_mails_given_up 1.0"));
		assertThat(metric("importer_queue_age_seconds")).isGreaterThan(10_000);
		assertThat(metric("importer_deliveries_age_seconds")).isGreaterThan(17_000);
		assertThat(metric("importer_deliveries_overdue_seconds")).isGreaterThan(14_000);
		assertThat(metric("importer_mails_age_seconds")).isGreaterThan(7_000);
		for (String health : List.of("", "/liveness", "/readiness")) {
			var answer = client().get("/actuator/health" + health);
			assertThat(answer.statusCode()).as(health).isEqualTo(200);
			assertThat(answer.body()).contains("\"status\":\"UP\"");
		}
		assertThat(this.browser.complaints()).isEmpty();
	}

	/**
	 * Two runs, a delivery, a mail that failed and one that was given up, all of long
	 * ago.
	 */
	private void pileUp() {
		uploaded("waits.csv", "sku,name\na-1,One\n");
		uploaded("waits-too.csv", "sku,name\na-2,Two\n");
		this.jdbc.sql("UPDATE import_run SET queued_at = now() - interval '2 hours 50 minutes'").update();
		this.jdbc
			.sql("""
					INSERT INTO webhook_delivery (id, webhook_id, event_id, event_type, state, trigger, rank, due_at, created_at)
					SELECT gen_random_uuid(), id, gen_random_uuid(), 'product.created', 'pending', 'event', 0,
					       now() - interval '3 hours 55 minutes', now() - interval '4 hours 50 minutes'
					FROM webhook WHERE id = ?::uuid""")
			.param(webhook())
			.update();
		// ended here by hand, since this node executes none: what is told is the first
		// try of a real mail
		this.jdbc.sql("""
				INSERT INTO mail (id, recipient, template, content, queued_at, tries, last_error, given_up_at)
				VALUES (gen_random_uuid(), 'ann@example.com', 'notice', '{}', now() - interval '2 days', 9, 'Timeout',
				        now() - interval '1 day')""").update();
		this.jdbc.sql("""
				WITH waiting AS (
				    INSERT INTO mail (id, recipient, template, content, queued_at)
				    VALUES (gen_random_uuid(), 'ops@example.com', 'notice',
				            '{"subject": "S", "paragraphs": ["P"], "path": "/"}', now() - interval '1 hour 58 minutes')
				    RETURNING id)
				INSERT INTO scheduled_mail (task_name, task_instance, execution_time, picked, version)
				SELECT 'mail', id::text, now(), false, 1 FROM waiting""").update();
		await().atMost(Duration.ofSeconds(30))
			.until(() -> this.jdbc
				.sql("SELECT count(*) FROM scheduled_mail WHERE NOT picked AND last_failure IS NOT NULL")
				.query(Long.class)
				.single() == 1);
	}

	private String webhook() {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/webhooks"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(
					"{\"name\": \"Shop\", \"url\": \"http://127.0.0.1:9/\", \"event_type\": \"product.created\"}"))
			.build();
		String answer = HttpClient.newHttpClient()
			.sendAsync(request, HttpResponse.BodyHandlers.ofString())
			.join()
			.body();
		return client().parse(answer).get("id").asString();
	}

	private double metric(String name) {
		return client().get("/actuator/prometheus")
			.body()
			.lines()
			.filter((line) -> line.startsWith(name + " "))
			.mapToDouble((line) -> Double.parseDouble(line.substring(name.length() + 1)))
			.findFirst()
			.orElseThrow();
	}

	private void look(String what) throws IOException {
		for (boolean dark : new boolean[] { false, true }) {
			for (int width : new int[] { 1440, 390 }) {
				this.browser.preferDark(dark);
				this.browser.width(width);
				String where = "system " + what + (dark ? ", dark, " : ", light, ") + width + " px";
				assertThat(this.browser.barriers()).as(where).isEmpty();
				assertThat(this.browser.script("return document.documentElement.scrollWidth <= innerWidth")).as(where)
					.isEqualTo(true);
				this.browser.picture(where.replaceAll("[ ,]+", "-"));
			}
		}
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
