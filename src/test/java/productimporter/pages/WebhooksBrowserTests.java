package productimporter.pages;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import productimporter.webhooks.Receiver;

import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages of webhooks as people use them.
 */
@TestPropertySource(properties = { "server.address=127.0.0.1", "importer.webhooks.poll-interval=1s" })
class WebhooksBrowserTests extends PagesTest {

	private Browser browser;

	private final Receiver receiver = new Receiver();

	@BeforeEach
	void start() {
		this.browser = new Browser(this.port);
		this.jdbc.sql("TRUNCATE webhook, webhook_event, webhook_delivery, webhook_try").update();
	}

	@AfterEach
	void stop() {
		this.browser.close();
		this.receiver.close();
	}

	@Test
	void aWebhookIsAddedTestedSwitchedOffAndDeleted() {
		this.browser.open("/ui/webhooks");
		this.browser.waitFor("#webhook-rows", "No webhooks yet");
		this.browser.click("#add-webhook");
		this.browser.find("dialog[open] #h-url").sendKeys("ftp://example.org", Keys.ENTER);
		this.browser.waitFor("#h-url-error", "must begin with http:// or https://");
		this.browser.waitUntil(() -> "h-url".equals(this.browser.script("return document.activeElement.id")));
		this.browser.find("#h-url").clear();
		this.browser.find("#h-url").sendKeys(this.receiver.url());
		this.browser.find("#h-name").sendKeys("<b>ERP</b>", Keys.ENTER);
		this.browser.waitFor("#secret", "Copy the secret now");
		String secret = this.browser.find("#secret-value").getAttribute("value");
		assertThat(secret).startsWith("whsec_");
		assertThat(this.browser.shows("dialog")).isFalse();
		assertThat(this.browser.text("h1")).isEqualTo("<b>ERP</b>");
		String address = this.browser.address();
		assertThat(address).matches("/ui/webhooks/[0-9a-f-]{36}");
		this.browser.open(address);
		assertThat(this.browser.script("return document.documentElement.outerHTML").toString()).doesNotContain(secret);

		this.browser.open("/ui/webhooks");
		this.browser.click("form.test button");
		this.browser.waitFor("#test-result", "200 OK");
		this.browser.waitFor("#test-result", "{\"ok\":true}");
		assertThat(this.receiver.messages("webhook.test")).singleElement()
			.satisfies((message) -> assertThat(message.isSignedBy(secret)).isTrue());
		this.browser.click("button[role=switch]");
		this.browser.waitFor("#webhook-rows tbody", "Off");
		assertThat(this.jdbc.sql("SELECT enabled FROM webhook").query(Boolean.class).single()).isFalse();
		this.browser.click("button[role=switch]");
		this.browser.waitFor("button[role=switch]", "On");

		this.browser.click("a[id^=edit-]");
		this.browser.find("dialog[open] #h-name").clear();
		this.browser.find("dialog[open] #h-name").sendKeys("Search index", Keys.ENTER);
		this.browser.waitFor("#webhook-rows tbody", "Search index");
		this.browser.waitUntil(() -> !this.browser.shows("dialog"));
		this.browser.click("a[id^=delete-]");
		this.browser.waitFor("dialog[open]", "Delete Search index?");
		this.browser.click("dialog[open] .btn-danger");
		this.browser.waitFor("#webhook-rows", "No webhooks yet");
		assertThat(this.browser.complaints()).allMatch((line) -> line.contains("422"));
	}

	@Test
	void thePageStaysUsableWhileATestWaitsForItsAnswer() throws Exception {
		CountDownLatch answer = new CountDownLatch(1);
		this.receiver.answers((exchange, number) -> {
			try {
				answer.await(20, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			Receiver.answer(exchange, 503, "<script>alert(1)</script>");
		});
		webhook("Slow", this.receiver.url());
		this.browser.open("/ui/webhooks");
		this.browser.click("form.test button");
		this.browser.waitUntil(() -> this.browser.shows("form.test") && Boolean.TRUE
			.equals(this.browser.script("return document.querySelector('form.test .spin').checkVisibility()")));
		this.browser.click("#add-webhook");
		this.browser.waitFor("dialog[open]", "Add a webhook");
		this.browser.find("dialog[open]").sendKeys(Keys.ESCAPE);
		answer.countDown();
		this.browser.waitFor("#test-result", "503 Service Unavailable");
		this.browser.waitFor("#test-result", "<script>alert(1)</script>");
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void theLogShowsRequestAndAnswerAndSendsAgain() {
		String id = webhook("ERP", this.receiver.url());
		imported("hooks.csv", csv("hooks", 700, 0));
		this.browser.open("/ui/webhooks/" + id);
		this.browser.waitFor("#deliveries", "upload.completed");
		this.browser.waitFor("#deliveries", "500 products");
		this.browser.waitUntil(() -> this.receiver.ids("product.created").size() == 700);
		this.browser.waitFor("#deliveries", "200 OK");
		int sent = this.receiver.messages().size();
		this.browser.click("#deliveries button[id^=again-]");
		this.browser.waitUntil(() -> this.receiver.messages().size() == sent + 1);
		this.browser.click("#deliveries a[id^=show-]");
		this.browser.waitFor("dialog[open]", "webhook-id:");
		this.browser.waitFor("dialog[open]", "Sent again, try 1");
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void theseTooAreAccessibleInBothThemesAndFitATelephone() throws Exception {
		String ok = webhook("ERP", this.receiver.url());
		try (Receiver failing = new Receiver().answers(503); Receiver gone = new Receiver().answers(410)) {
			String paused = webhook("Search index with quite a long name that has to be cut somewhere",
					failing.url() + "/v2/indexes/products/webhook?tenant=eu-central");
			String off = webhook("Old warehouse", gone.url());
			imported("looks.csv", csv("looks", 3_000, 5));
			this.browser.waitUntil(() -> this.jdbc
				.sql("SELECT count(*) FROM webhook WHERE disabled_reason IS NOT NULL OR circuit_opened > 0")
				.query(Long.class)
				.single() == 2);
			history();
			this.browser.open("/ui/webhooks");
			this.browser.click("form.test button");
			this.browser.waitFor("#test-result", "Answer");
			shoot("webhooks-tested");
			for (String page : List.of("/ui/webhooks", "/ui/webhooks/" + ok, "/ui/webhooks/" + paused,
					"/ui/webhooks/" + off, "/ui/webhooks/new", "/ui/webhooks/" + off + "/delete",
					"/ui/webhooks/deliveries/"
							+ this.jdbc.sql("SELECT id::text FROM webhook_delivery WHERE tries > 0 ORDER BY id LIMIT 1")
								.query(String.class)
								.single())) {
				for (boolean dark : new boolean[] { false, true }) {
					for (int width : new int[] { 1440, 390 }) {
						this.browser.preferDark(dark);
						this.browser.width(width);
						this.browser.open(page);
						String where = page + (dark ? ", dark, " : ", light, ") + width + " px";
						assertThat(this.browser.barriers()).as(where).isEmpty();
						assertThat(this.browser.script("return document.documentElement.scrollWidth <= innerWidth"))
							.as(where)
							.isEqualTo(true);
						shoot(page.replace(ok, "ok")
							.replace(paused, "paused")
							.replace(off, "off")
							.replaceAll("[0-9a-f]{8}-[0-9a-f-]+", "one")
							.substring(4)
							.replace('/', '-') + (dark ? "-dark-" : "-light-") + width);
					}
				}
			}
		}
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void everythingWorksByFormsAloneToo() throws Exception {
		HttpResponse<String> made = form("/ui/webhooks",
				"url=" + this.receiver.url() + "&name=Plain&types=product.created&mode=batched");
		assertThat(made.statusCode()).isEqualTo(200);
		assertThat(made.body()).contains("Copy the secret now", "whsec_");
		String id = this.jdbc.sql("SELECT id::text FROM webhook").query(String.class).single();
		assertThat(form("/ui/webhooks", "url=nowhere").statusCode()).isEqualTo(422);
		assertThat(form("/ui/webhooks/" + id + "/test", "").body()).contains("200 OK");
		assertThat(form("/ui/webhooks/" + id + "/enabled", "enabled=false").statusCode()).isEqualTo(303);
		assertThat(form("/ui/webhooks/" + id + "/resume", "replay=false").statusCode()).isEqualTo(303);
		assertThat(form("/ui/webhooks/" + id + "/secret", "").body()).contains("whsec_", "former secret signs too");
		assertThat(form("/ui/webhooks/" + id, "url=" + this.receiver.url() + "&types=upload.completed").statusCode())
			.isEqualTo(303);
		assertThat(form("/ui/webhooks/" + id + "/delete", "").statusCode()).isEqualTo(303);
		assertThat(client().json("/webhooks").get("items")).isEmpty();
	}

	/** Calls of the last day, so that there is something to see. */
	private void history() {
		this.jdbc
			.sql("""
					INSERT INTO webhook_try (id, webhook_id, delivery_id, number, trigger, started_at, status, millis, error)
					SELECT gen_random_uuid(), w.id, gen_random_uuid(), 1, 'event', now() - make_interval(hours => h), 200, 80,
					       CASE WHEN h % 7 = 3 AND i < 2 THEN 'status' END
					FROM webhook w, generate_series(1, 22) h, generate_series(1, 3 + (h * 7) % 11) i""")
			.update();
	}

	private String webhook(String name, String url) throws IllegalStateException {
		HttpResponse<String> response = HttpClient.newHttpClient()
			.sendAsync(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/webhooks"))
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"" + name + "\",\"url\":\"" + url
						+ "\",\"event_types\":[\"product.created\",\"product.updated\",\"upload.completed\"]}"))
				.build(), HttpResponse.BodyHandlers.ofString())
			.join();
		return client().parse(response.body()).get("id").asString();
	}

	private HttpResponse<String> form(String path, String fields) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
				.header("Content-Type", "application/x-www-form-urlencoded")
				.header("Accept", "text/html")
				.POST(HttpRequest.BodyPublishers.ofString(fields))
				.build(), HttpResponse.BodyHandlers.ofString());
	}

	private void shoot(String name) {
		this.browser.shoot(Path.of("target", "shots", name + ".png"));
	}

}
