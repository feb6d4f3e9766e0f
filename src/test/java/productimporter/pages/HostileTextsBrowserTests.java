package productimporter.pages;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Texts that try to be more than text, sent by programs, answered by receivers of
 * webhooks and typed by people, stay texts in a real browser.
 */
@TestPropertySource(properties = { "importer.access.admin-password=" + HostileTextsBrowserTests.PASSWORD,
		"importer.webhooks.allowed-addresses=127.0.0.0/8", "importer.webhooks.poll-interval=1s" })
class HostileTextsBrowserTests extends PagesTest {

	static final String PASSWORD = "the very first password";

	private static final int[] STATUSES = { 200, 302, 404, 503 };

	private final HttpClient http = HttpClient.newHttpClient();

	private final ByteReceiver receiver = new ByteReceiver();

	private List<String> corpus;

	private Browser browser;

	private Watch watch;

	private String authorization = "";

	@BeforeEach
	void open() throws Exception {
		this.corpus = Watch.corpus();
		this.browser = new Browser(this.port);
		this.watch = new Watch(this.browser);
		this.jdbc.sql("TRUNCATE product, webhook, webhook_event, webhook_delivery, webhook_try, schedule, api_token")
			.update();
		this.authorization = client().as("admin", PASSWORD).authorization();
		this.authorization = "Bearer "
				+ client().parse(send("/tokens", Map.of("name", "test", "role", "admin"), 201)).get("token").asString();
		this.browser.signIn("/", "admin", PASSWORD);
	}

	@AfterEach
	void close() throws Exception {
		this.browser.close();
		this.receiver.close();
	}

	@Test
	void whatReceiversOfWebhooksAnswerStaysText() throws Exception {
		String webhook = webhook("Receiver", "/hook", "product.created");
		send("/products", Map.of("sku", "told", "name", String.join(" ", this.corpus)), 201);
		this.browser.waitUntil(() -> tries() == 1);
		for (int i = 0; i < this.corpus.size(); i++) {
			this.receiver.answers(answer(i));
			this.watch.go("/ui/webhooks" + ((i % 2 == 0) ? "/" + webhook : ""));
			this.browser.click("form.test button");
			this.browser.waitFor("#test-result", "Answer");
			if (i % 5 != 4) {
				this.browser.waitFor("#test-result", this.corpus.get(i).replaceAll("\\s+", " "));
			}
		}
		assertThat(tries()).isEqualTo(1 + this.corpus.size());
		for (String delivery : ids("SELECT id::text FROM webhook_delivery")) {
			this.watch.go("/ui/webhooks/deliveries/" + delivery);
		}
		this.watch.go("/ui/webhooks/" + webhook);
		this.browser.click("#deliveries a[id^=show-]");
		this.browser.find("dialog[open] .pre");
		for (String page : List.of("/", "/ui/webhooks", "/webhooks/" + webhook + "/deliveries", "/webhooks")) {
			this.watch.go(page);
		}
		this.watch.assertNothingFound();
	}

	/** In status line, headers and body; or in place of an answer. */
	private String answer(int number) {
		String text = this.corpus.get(number);
		if (number % 5 == 4) {
			return text + "\r\n\r\n" + text;
		}
		return "HTTP/1.1 " + STATUSES[number % STATUSES.length] + " " + text
				+ "\r\nContent-Type: text/html\r\nRetry-After: " + text + "\r\nLocation: " + text + "\r\nX-Text: "
				+ text + "\r\nSet-Cookie: SESSION=" + text + "\r\nContent-Length: "
				+ text.getBytes(StandardCharsets.UTF_8).length + "\r\nConnection: close\r\n\r\n" + text;
	}

	@Test
	void whatProgramsSendStaysText() throws Exception {
		for (int i = 0; i < this.corpus.size(); i++) {
			String text = this.corpus.get(i);
			send("/products", Map.of("sku", "api-" + i, "name", text, "description", text), 201);
			send("/products", Map.of("sku", text, "name", text), 201);
			send("/tokens", Map.of("name", text, "role", "viewer"), 201);
			send("/schedules", Map.of("name", text, "cron", "0 0 3 * * SUN", "filter",
					Map.of("sku", text, "name", text, "description", text)), 201);
			webhook(text, "/hook?text=" + encoded(text), "upload.completed");
			send("/users", Map.of("name", text, "password", PASSWORD, "role", "viewer"), 422);
			send("/webhooks", Map.of("url", text, "event_types", List.of(text)), 422);
		}
		String product = id("SELECT id::text FROM product WHERE sku = 'api-1'");
		String schedule = id("SELECT id::text FROM schedule WHERE name LIKE '%onerror%' LIMIT 1");
		String webhook = id("SELECT id::text FROM webhook WHERE name LIKE '%onerror%' LIMIT 1");
		for (String page : List.of("/", "/ui/jobs", "/ui/products", "/ui/products?page=2", "/ui/products?sort=-name",
				"/ui/products/" + product, "/ui/products/" + product + "/delete", "/ui/schedules",
				"/ui/schedules/" + schedule, "/ui/schedules/" + schedule + "/delete",
				"/ui/schedules/" + schedule + "/run", "/ui/webhooks", "/ui/webhooks/" + webhook,
				"/ui/webhooks/" + webhook + "/edit", "/ui/webhooks/" + webhook + "/delete", "/ui/tokens", "/ui/audit",
				"/ui/users", "/products", "/webhooks", "/schedules", "/tokens", "/audit", "/openapi",
				"/upload/status/" + encoded(this.corpus.get(0)))) {
			this.watch.go(page);
		}
		for (String[] dialog : new String[][] { { "/ui/webhooks", "a[id^=edit-]" },
				{ "/ui/webhooks", "a[id^=delete-]" }, { "/ui/schedules", "#schedules a[id^=edit-]" },
				{ "/ui/schedules", "#schedules a[id^=delete-]" } }) {
			this.watch.go(dialog[0]);
			this.browser.click(dialog[1]);
			this.browser.find("dialog[open]");
		}
		this.watch.go("/ui/products?sku=api-1");
		this.browser.click("tbody [id^='delete-']");
		this.browser.click("dialog[open] .btn-danger");
		this.browser.waitFor("#toasts", "eleted");
		this.watch.assertNothingFound();
	}

	/** All at once, in every field of every form, and in the addresses of all lists. */
	@Test
	void whatPeopleTypeStaysText() {
		String all = String.join(" ", this.corpus);
		for (String[] form : new String[][] { { "/ui/products/new", "main form[action='/ui/products']" },
				{ "/ui/webhooks/new", "#webhook-form" }, { "/ui/schedules", "#new-schedule" },
				{ "/ui/users", "form[action='/ui/users']" }, { "/ui/tokens", "form[action='/ui/tokens']" },
				{ "/ui/account", "form[action='/ui/account/password']" } }) {
			this.watch.go(form[0]);
			this.browser.find(form[1]);
			this.browser.script(
					"""
							const form = document.querySelector(arguments[0]);
							form.noValidate = true;
							form.dataset.sent = 'true';
							form.querySelectorAll('input:not([type=hidden], [type=checkbox], [type=radio]), textarea')
								.forEach((field) => { field.removeAttribute('maxlength'); field.type = 'text'; field.value = arguments[1]; });
							form.requestSubmit();""",
					form[1], all);
			this.browser.waitUntil(() -> !Boolean.TRUE
				.equals(this.browser.script("return document.querySelector('[data-sent]') !== null")));
			this.browser.waitUntil(() -> this.browser.shows(".invalid-feedback") || this.browser.shows(".note.bad"));
		}
		for (String text : this.corpus) {
			String encoded = encoded(text);
			for (String list : List.of("/ui/products?sku=%s&name=%<s&description=%<s&price_min=%<s&sort=%<s",
					"/ui/jobs?file=%s&state=%<s", "/ui/audit?actor=%s&action=%<s&subject=%<s&from=%<s")) {
				this.watch.go(list.formatted(encoded));
			}
		}
		this.watch.go("/ui/" + encoded(all));
		this.watch.assertNothingFound();
	}

	private String webhook(String name, String path, String event) throws Exception {
		return client()
			.parse(send("/webhooks",
					Map.of("name", name, "url", this.receiver.url(path), "event_types", List.of(event)), 201))
			.get("id")
			.asString();
	}

	private String send(String path, Map<String, ?> body, int expected) throws Exception {
		HttpResponse<String> response = this.http
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
				.header("Authorization", this.authorization)
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))
				.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as("%s %s: %s", path, body, response.body()).isEqualTo(expected);
		return response.body();
	}

	private long tries() {
		return this.jdbc.sql("SELECT count(*) FROM webhook_try").query(Long.class).single();
	}

	private String id(String query) {
		return ids(query).get(0);
	}

	private List<String> ids(String query) {
		return this.jdbc.sql(query).query(String.class).list();
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

}
