package productimporter.webhooks;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The calls below {@code /webhooks}, with few threads for requests.
 */
@TestPropertySource(properties = { "server.tomcat.threads.max=4", "server.tomcat.threads.min-spare=4" })
@ExtendWith(OutputCaptureExtension.class)
class WebhookCallsTests extends WebhooksTest {

	@Test
	void aWebhookIsMadeListedChangedAndDeleted() {
		Receiver receiver = receiver();
		HttpResponse<String> made = send("POST", "/webhooks",
				"{\"url\": \"%s\", \"event_type\": \"product.created\"}".formatted(receiver.url()));
		assertThat(made.statusCode()).isEqualTo(201);
		JsonNode webhook = JSON.readTree(made.body());
		String path = "/webhooks/" + webhook.get("id").asString();
		assertThat(made.headers().firstValue("Location")).hasValue(path);
		assertThat(webhook.get("secret").asString()).matches("whsec_[A-Za-z0-9+/]{43}=");
		assertThat(webhook.get("event_types")).extracting(JsonNode::asString).containsExactly("product.created");
		assertThat(webhook.get("enabled").asBoolean()).isTrue();
		assertThat(webhook.get("name").asString()).isEqualTo("127.0.0.1");
		assertThat(webhook.get("last_status").isNull()).isTrue();
		product("one");
		await().until(() -> !get(path).get("last_status").isNull());
		assertThat(get(path).get("last_status").asInt()).isEqualTo(200);
		assertThat(get(path).get("last_response_time").isIntegralNumber()).isTrue();
		assertThat(get(path).has("secret")).isFalse();
		assertThat(get(path).get("secret_masked").asString()).isEqualTo("whsec_••••••••");
		JsonNode off = ok("PUT", path, Map.of("url", receiver.url(), "event_types",
				new String[] { "product.updated", "upload.completed" }, "enabled", false, "name", "ERP"));
		assertThat(off.get("enabled").asBoolean()).isFalse();
		assertThat(get("/webhooks").get("items")).hasSize(1);
		ok("DELETE", path, "");
		assertThat(send("GET", path, "").statusCode()).isEqualTo(404);
		assertThat(send("POST", "/webhooks/test/" + webhook.get("id").asString(), "").statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{"event_types": ["product.created"]}                                                | url         | missing
					{"url": "ftp://example.org", "event_type": "product.created"}                       | url         | url_invalid
					{"url": "http://user:pw@example.org", "event_type": "product.created"}              | url         | url_invalid
					{"url": "http://example.org@127.0.0.1", "event_type": "product.created"}            | url         | url_invalid
					{"url": "http:///path", "event_type": "product.created"}                            | url         | url_invalid
					{"url": "http://example.org/#x", "event_type": "product.created"}                   | url         | url_invalid
					{"url": "http://exa mple.org/", "event_type": "product.created"}                    | url         | url_invalid
					{"url": "http://example.org:70000/", "event_type": "product.created"}               | url         | url_invalid
					{"url": "http://10.0.0.1/", "event_type": "product.created"}                        | url         | address_not_allowed
					{"url": "http://2130706433/", "event_type": "product.created"}                      | url         | address_not_allowed
					{"url": "http://0x7f.1/", "event_type": "product.created"}                          | url         | url_invalid
					{"url": "http://0177.0.0.1/", "event_type": "product.created"}                      | url         | address_not_allowed
					{"url": "http://[fe80::1]/", "event_type": "product.created"}                       | url         | address_not_allowed
					{"url": "http://example.org/", "event_type": "product.bought"}                      | event_types | event_type_unknown
					{"url": "http://example.org/", "event_type": "webhook.test"}                        | event_types | event_type_unknown
					{"url": "http://example.org/", "event_types": []}                                   | event_types | missing
					{"url": "http://example.org/", "event_types": "product.created"}                    | event_types | type_mismatch
					{"url": "http://example.org/", "event_type": "product.created", "mode": "often"}    | mode        | mode_unknown
					{"url": "http://example.org/", "event_type": "product.created", "enabled": "yes"}   | enabled     | type_mismatch
					{"url": "http://example.org/", "event_type": "product.created", "secret": "whsec_"} | secret      | field_unknown
					""")
	void whatIsWrongIsNamed(String body, String field, String code) {
		HttpResponse<String> response = send("POST", "/webhooks", body);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		JsonNode problem = JSON.readTree(response.body());
		assertThat(problem.get("errors")).anySatisfy((error) -> {
			assertThat(error.get("field").asString()).isEqualTo(field);
			assertThat(error.get("code").asString()).isEqualTo(code);
		});
		assertThat(count("webhook")).isZero();
	}

	@Test
	void listsRefuseWhatTheyDoNotKnow() {
		String id = webhook(receiver(), "product.created").get("id").asString();
		assertThat(send("GET", "/webhooks?enabled=true", "").statusCode()).isEqualTo(400);
		assertThat(send("GET", "/webhooks/" + id + "/deliveries?status=failed", "").statusCode()).isEqualTo(400);
		assertThat(send("GET", "/webhooks/" + id + "/deliveries?state=lost", "").statusCode()).isEqualTo(400);
		assertThat(send("GET", "/webhooks/" + id + "/deliveries?size=0", "").statusCode()).isEqualTo(400);
		assertThat(send("POST", "/webhooks/" + id + "/redeliver", "").statusCode()).isEqualTo(400);
		assertThat(send("POST", "/webhooks/" + id + "/redeliver?from=yesterday", "").statusCode()).isEqualTo(400);
	}

	@Test
	void theLogIsReadPageByPage() {
		String id = webhook(receiver(), "product.created").get("id").asString();
		for (int i = 0; i < 5; i++) {
			product("p-" + i);
		}
		await().until(() -> get("/webhooks/" + id + "/deliveries?state=delivered").get("items").size() == 5);
		JsonNode first = get("/webhooks/" + id + "/deliveries?size=3");
		JsonNode second = get("/webhooks/" + id + "/deliveries?size=3&after=" + first.get("next").asString());
		assertThat(second.get("items")).hasSize(2);
		assertThat(second.get("next").isNull()).isTrue();
		assertThat(Stream.concat(first.get("items").valueStream(), second.get("items").valueStream())
			.map((delivery) -> delivery.get("id").asString())).doesNotHaveDuplicates();
	}

	@Test
	void testsThatWaitHoldNoThreadOfRequests() throws Exception {
		CountDownLatch answer = new CountDownLatch(1);
		Receiver receiver = receiver().answers((exchange, number) -> {
			try {
				answer.await(20, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			Receiver.answer(exchange, 418, "short and stout");
		});
		String id = webhook(receiver, "product.created").get("id").asString();
		CompletableFuture<?>[] tests = IntStream.range(0, 12)
			.mapToObj((i) -> CompletableFuture.supplyAsync(() -> ok("POST", "/webhooks/test/" + id, ""),
					(task) -> new Thread(task).start()))
			.toArray(CompletableFuture[]::new);
		await().until(() -> receiver.messages().size() == 12);
		assertThat(get("/webhooks").get("items")).as("answered meanwhile").hasSize(1);
		answer.countDown();
		for (CompletableFuture<?> test : tests) {
			JsonNode result = (JsonNode) test.get(20, TimeUnit.SECONDS);
			assertThat(result.get("http_status").asInt()).isEqualTo(418);
			assertThat(result.get("response_time_ms").asInt()).isPositive();
			assertThat(result.get("body_excerpt").asString()).isEqualTo("short and stout");
			assertThat(result.get("error").asString()).isEqualTo("status");
		}
		assertThat(get("/webhooks/" + id).get("last_status").asInt()).isEqualTo(418);
		assertThat(get("/webhooks/" + id).get("failures_in_row").asInt()).isZero();
	}

	@Test
	void theSecretIsNowhereAfterItsFirstShowing(CapturedOutput output) {
		Receiver receiver = receiver();
		JsonNode made = webhook(receiver, "product.created");
		String id = made.get("id").asString();
		String first = made.get("secret").asString();
		String second = ok("POST", "/webhooks/" + id + "/rotate-secret", "").get("secret").asString();
		ok("POST", "/webhooks/test/" + id, "");
		product("one");
		receiver.answers(500);
		product("two");
		await().until(() -> get("/webhooks/" + id + "/deliveries").get("items").size() == 3);
		StringBuilder seen = new StringBuilder(output.getAll());
		for (String path : new String[] { "/webhooks", "/webhooks/" + id, "/webhooks/" + id + "/deliveries",
				"/ui/webhooks", "/ui/webhooks/" + id, "/ui/webhooks/" + id + "/edit", "/ui/webhooks/deliveries/"
						+ get("/webhooks/" + id + "/deliveries").get("items").get(0).get("id").asString() }) {
			HttpResponse<String> response = send("GET", path, "");
			assertThat(response.statusCode()).as(path).isEqualTo(200);
			seen.append(response.body());
		}
		seen.append(send("PUT", "/webhooks/" + id,
				"{\"url\": \"%s\", \"event_type\": \"product.created\"}".formatted(receiver.url()))
			.body());
		seen.append(send("PUT", "/webhooks/" + id, "{}").body());
		this.jdbc.sql("SELECT encode(secret || coalesce(previous_secret, ''), 'escape') || w::text FROM webhook w")
			.query(String.class)
			.list()
			.forEach(seen::append);
		for (String secret : new String[] { first, second }) {
			assertThat(seen.toString()).doesNotContain(secret.substring("whsec_".length(), 30));
		}
	}

	@Test
	void aManualEditReachesTheHealthyReceiverWhileOthersHangOrFail() {
		CountDownLatch end = new CountDownLatch(1);
		Receiver hanging = receiver().answers((exchange, number) -> {
			try {
				end.await(20, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		Receiver failing = receiver().answers(500);
		Receiver healthy = receiver();
		for (Receiver receiver : new Receiver[] { hanging, failing, healthy }) {
			webhook(receiver, "product.created");
		}
		for (int i = 0; i < 20; i++) {
			int number = i + 1;
			product("edit-" + i);
			await().until(() -> healthy.messages().size() == number);
		}
		assertThat(hanging.mostInFlight()).isLessThanOrEqualTo(4);
		end.countDown();
	}

}
