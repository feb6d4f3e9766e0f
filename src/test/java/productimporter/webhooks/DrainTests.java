package productimporter.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.standardwebhooks.Webhook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import productimporter.products.ProductChanges;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Retries, the circuit and switching off, on a clock that the test sets: nothing is sent
 * but when the test says so. All of what one drain does is looked at here, with its clock
 * and its receivers, so the file is a long one.
 */
@TestPropertySource(properties = "importer.webhooks.send=false")
@Import(DrainTests.Clocks.class)
class DrainTests extends WebhooksTest {

	private static final Instant START = Instant.now().truncatedTo(ChronoUnit.SECONDS);

	@Autowired
	EndpointDrain drain;

	@Autowired
	SettableClock clock;

	@Autowired
	EventRetention retention;

	@Autowired
	Webhooks webhooks;

	@Autowired
	Outbox outbox;

	@Autowired
	TransactionTemplate transaction;

	@Autowired
	Clocks.Disabled disabled;

	@BeforeEach
	void start() {
		this.clock.set(START);
		this.disabled.events.clear();
		this.drain.begin();
	}

	@Test
	void aDeliveryIsTriedTenTimesAtTheTimesOfTheScheduleWithOneId() {
		List<Duration> delays = List.of(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(30),
				Duration.ofHours(2), Duration.ofHours(5), Duration.ofHours(10), Duration.ofHours(14),
				Duration.ofHours(20), Duration.ofHours(24));
		Receiver receiver = receiver().answers(500);
		UUID id = id(webhook(receiver, "product.created"));
		product("one");
		for (Duration delay : delays) {
			Instant tried = this.clock.instant();
			this.drain.drain(id);
			Instant due = this.jdbc.sql("SELECT due_at FROM webhook_delivery")
				.query(java.time.OffsetDateTime.class)
				.single()
				.toInstant();
			assertThat(Duration.between(tried, due).toMillis()).isBetween((long) (delay.toMillis() * 0.8) - 1,
					(long) (delay.toMillis() * 1.2) + 1);
			int before = receiver.messages().size();
			this.clock.set(due.minusMillis(1));
			this.drain.drain(id);
			assertThat(receiver.messages()).hasSize(before);
			this.clock.set(due);
		}
		this.drain.drain(id);
		assertThat(receiver.messages()).hasSize(10);
		assertThat(receiver.messages()).extracting(Receiver.Message::id).containsOnly(receiver.messages().get(0).id());
		assertThat(receiver.messages()).extracting(Receiver.Message::body)
			.containsOnly(receiver.messages().get(0).body());
		assertThat(receiver.messages()).extracting((message) -> message.header("Webhook-timestamp"))
			.doesNotHaveDuplicates();
		JsonNode logged = log(id).get(0);
		assertThat(logged.get("state").asString()).isEqualTo("failed");
		assertThat(logged.get("tries")).hasSize(10).allSatisfy((one) -> {
			assertThat(one.get("http_status").asInt()).isEqualTo(500);
			assertThat(one.get("error").asString()).isEqualTo("status");
		});
	}

	@Test
	void aDeadReceiverIsSparedAndLosesNothing() {
		Receiver receiver = receiver().answers(500);
		UUID id = id(webhook(receiver, "product.created"));
		Set<String> products = new HashSet<>();
		for (int i = 0; i < 60; i++) {
			products.add(product("p-" + i).get("id").asString());
		}
		for (int second = 0; second < 600; second++) {
			this.drain.drain(id);
			this.clock.forward(Duration.ofSeconds(1));
		}
		assertThat(receiver.messages()).hasSizeBetween(9, 20);
		assertThat(this.jdbc.sql("SELECT max(tries) FROM webhook_delivery").query(Integer.class).single())
			.as("waiting uses up no tries")
			.isLessThanOrEqualTo(2);
		int dead = receiver.messages().size();
		receiver.answers((exchange, number) -> {
			// so slow that calls overlap; the test doesn't wait for it
			sleep(20);
			Receiver.answer(exchange, 200, "");
		});
		for (int second = 0; second < 1200; second++) {
			this.drain.drain(id);
			this.clock.forward(Duration.ofSeconds(1));
		}
		assertThat(receiver.messages().subList(dead, receiver.messages().size())).hasSize(60);
		assertThat(new HashSet<>(receiver.ids("product.created"))).isEqualTo(products);
		assertThat(receiver.mostInFlight()).isLessThanOrEqualTo(4);
		assertThat(count("webhook_delivery WHERE state <> 'delivered'")).isZero();
	}

	@Test
	void afterAPauseOneProbeIsSentAndNoMore() {
		Receiver receiver = receiver().answers(500);
		UUID id = id(webhook(receiver, "product.created"));
		for (int i = 0; i < 20; i++) {
			product("p-" + i);
		}
		this.drain.drain(id);
		int sent = receiver.messages().size();
		assertThat(sent).isBetween(5, 8);
		assertThat(this.drain.drain(id)).hasValue(START.plusSeconds(30));
		this.clock.set(START.plusSeconds(29));
		this.drain.drain(id);
		assertThat(receiver.messages()).hasSize(sent);
		this.clock.set(START.plusSeconds(30));
		assertThat(this.drain.drain(id)).hasValue(START.plusSeconds(90));
		assertThat(receiver.messages()).hasSize(sent + 1);
	}

	@Test
	void whoAsksForLaterIsAskedLaterAndOneAtATime() {
		Receiver receiver = receiver().answers((exchange, number) -> {
			exchange.getResponseHeaders().set("Retry-After", "120");
			Receiver.answer(exchange, (number <= 4) ? 429 : 200, "");
		});
		UUID id = id(webhook(receiver, "product.created"));
		for (int i = 0; i < 10; i++) {
			product("p-" + i);
		}
		this.drain.drain(id);
		int first = receiver.messages().size();
		assertThat(first).isBetween(1, 4);
		this.clock.forward(Duration.ofSeconds(119));
		this.drain.drain(id);
		assertThat(receiver.messages()).hasSize(first);
		for (int i = 0; i < 40 && count("webhook_delivery WHERE state <> 'delivered'") > 0; i++) {
			this.clock.forward(Duration.ofSeconds(121));
			this.drain.drain(id);
		}
		assertThat(new HashSet<>(receiver.ids("product.created"))).hasSize(10);
	}

	@Test
	void aReceiverThatIsGoneIsSwitchedOffAtOnceAndGetsAReplayOnceItIsBack() {
		Receiver receiver = receiver().answers(410);
		JsonNode made = webhook(receiver, "product.created");
		UUID id = id(made);
		product("one");
		this.drain.drain(id);
		JsonNode off = get("/webhooks/" + id);
		assertThat(off.get("enabled").asBoolean()).isFalse();
		assertThat(off.get("disabled_reason").asString()).contains("410");
		assertThat(off.get("disabled_at").asString()).isEqualTo(START.toString());
		assertThat(this.disabled.events).singleElement().satisfies((event) -> {
			assertThat(event.id()).isEqualTo(id);
			assertThat(event.reason()).contains("410");
		});
		product("two");
		assertThat(this.drain.drain(id)).isEmpty();
		assertThat(get("/webhooks/" + id).get("held").asInt()).isEqualTo(2);
		assertThat(send("POST", "/webhooks/" + id + "/redeliver?from=" + START, "").statusCode()).isEqualTo(409);
		receiver.answers(200);
		JsonNode on = ok("PUT", "/webhooks/" + id,
				Map.of("url", receiver.url(), "event_type", "product.created", "enabled", true));
		assertThat(on.get("held").asInt()).isEqualTo(2);
		assertThat(on.get("disabled_reason").isNull()).isTrue();
		this.drain.drain(id);
		assertThat(receiver.messages()).hasSize(1);
		assertThat(ok("POST", "/webhooks/" + id + "/redeliver?from=" + on.get("held_since").asString(), "")
			.get("deliveries")
			.asInt()).isEqualTo(2);
		this.drain.drain(id);
		assertThat(receiver.messages()).hasSize(3);
		assertThat(receiver.messages().subList(1, 3)).extracting(Receiver.Message::id)
			.contains(receiver.messages().get(0).id());
	}

	@Test
	void whatIsSentAfterResumingIsWhatWasHeldAndNothingTwice() {
		Receiver receiver = receiver().answers(503);
		UUID id = id(webhook(receiver, "product.created"));
		product("one");
		this.drain.drain(id);
		receiver.answers(200);
		product("two");
		this.drain.drain(id);
		receiver.answers(410);
		product("three");
		this.drain.drain(id);
		assertThat(get("/webhooks/" + id).get("held").asInt()).isEqualTo(2);
		receiver.answers(200);
		int before = receiver.messages().size();
		this.webhooks.resume(id, true);
		this.drain.drain(id);
		assertThat(receiver.messages().subList(before, receiver.messages().size()))
			.extracting((message) -> message.json().get("data").get("items").get(0).get("sku").asString())
			.containsExactlyInAnyOrder("one", "three");
		assertThat(get("/webhooks/" + id).get("held").asInt()).isZero();
	}

	@Test
	void whatIsBeingRecordedWhileItIsResumedIsSentToo() throws Exception {
		Receiver receiver = receiver().answers(410);
		UUID id = id(webhook(receiver, "product.created"));
		product("one");
		this.drain.drain(id);
		receiver.answers(200);
		CountDownLatch recorded = new CountDownLatch(1);
		CompletableFuture<Void> recording = CompletableFuture
			.runAsync(() -> this.transaction.executeWithoutResult((status) -> {
				this.outbox.imported(UUID.randomUUID(), new ProductChanges.ImportedProducts(
						List.of(new ProductChanges.Item(UUID.randomUUID(), "two", 0)), List.of(), 1));
				recorded.countDown();
				await().until(() -> count(
						"pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") > 0);
			}));
		recorded.await();
		this.webhooks.resume(id, true);
		recording.get(1, TimeUnit.MINUTES);
		this.drain.drain(id);
		assertThat(get("/webhooks/" + id).get("held").asInt()).isZero();
		assertThat(receiver.messages()).hasSize(3);
	}

	@Test
	void fiveDaysWithoutASuccessSwitchOff() {
		Receiver receiver = receiver().answers(503);
		UUID id = id(webhook(receiver, "product.created"));
		product("one");
		this.drain.drain(id);
		this.clock.set(START.plus(Duration.ofHours(119)));
		product("two");
		this.drain.drain(id);
		assertThat(get("/webhooks/" + id).get("enabled").asBoolean()).isTrue();
		this.clock.set(START.plus(Duration.ofHours(121)));
		product("three");
		this.drain.drain(id);
		assertThat(get("/webhooks/" + id).get("enabled").asBoolean()).isFalse();
		assertThat(get("/webhooks/" + id).get("disabled_reason").asString()).contains("120 hours");
		assertThat(this.disabled.events).hasSize(1);
		assertThat(get("/webhooks/" + id).get("held").asInt()).isEqualTo(3);
	}

	@Test
	void changesByHandGoBeforeAnImportAndFirstTriesBeforeRetries() {
		Receiver receiver = receiver()
			.answers((exchange, number) -> Receiver.answer(exchange, (number == 1) ? 500 : 200, ""));
		UUID id = id(webhook(receiver.url(), "individual", "product.created"));
		imported(rows(0, 30, "Product"));
		product("by-hand");
		this.drain.drain(id);
		assertThat(receiver.messages().get(0).json().get("data").get("upload_id").isNull()).isTrue();
		assertThat(receiver.ids("product.created")).hasSize(31);
		assertThat(count("webhook_delivery WHERE state = 'pending'")).isOne();
	}

	@Test
	void afterARotationBothSecretsSignForADay() throws Exception {
		Receiver receiver = receiver();
		JsonNode made = webhook(receiver, "product.created");
		UUID id = id(made);
		String old = made.get("secret").asString();
		String fresh = ok("POST", "/webhooks/" + id + "/rotate-secret", "").get("secret").asString();
		assertThat(fresh).isNotEqualTo(old).startsWith("whsec_");
		product("one");
		this.drain.drain(id);
		Receiver.Message message = receiver.messages().get(0);
		assertThat(message.isSignedBy(old)).isTrue();
		assertThat(message.isSignedBy(fresh)).isTrue();
		assertThat(message.isSignedBy("whsec_" + "A".repeat(43) + "=")).isFalse();
		this.clock.forward(Duration.ofHours(24).plusSeconds(1));
		product("two");
		this.drain.drain(id);
		Receiver.Message later = receiver.messages().get(1);
		assertThat(later.header("Webhook-signature")).isEqualTo(
				new Webhook(fresh).sign(later.id(), Long.parseLong(later.header("Webhook-timestamp")), later.body()));
	}

	@Test
	void anyDeliveryCanBeSentOnceMoreWithItsId() {
		Receiver receiver = receiver();
		UUID id = id(webhook(receiver, "product.created"));
		product("one");
		product("two");
		this.drain.drain(id);
		String delivery = log(id).get(0).get("id").asString();
		String messageId = log(id).get(0).get("event_id").asString();
		JsonNode again = ok("POST", "/webhooks/deliveries/" + delivery + "/redeliver", "");
		assertThat(again.get("state").asString()).isEqualTo("pending");
		this.drain.drain(id);
		assertThat(receiver.messages()).hasSize(3);
		assertThat(receiver.messages().get(2).id()).isEqualTo(messageId);
		assertThat(receiver.messages().subList(0, 2)).filteredOn((message) -> message.id().equals(messageId))
			.extracting(Receiver.Message::body)
			.containsExactly(receiver.messages().get(2).body());
		JsonNode tries = log(id).get(0).get("tries");
		assertThat(tries).extracting((one) -> one.get("trigger").asString()).containsExactly("event", "redelivery");
		ok("POST", "/webhooks/%s/redeliver?from=%s&to=%s".formatted(id, START.minusSeconds(1), START.plusSeconds(1)),
				"");
		this.drain.drain(id);
		assertThat(receiver.messages()).hasSize(5);
		assertThat(send("POST", "/webhooks/deliveries/" + UUID.randomUUID() + "/redeliver", "").statusCode())
			.isEqualTo(404);
	}

	@Test
	void eventsAreForgottenAfterTwoWeeksAndTriesAfterThirtyDays() {
		Receiver receiver = receiver();
		UUID id = id(webhook(receiver, "product.created"));
		product("one");
		this.drain.drain(id);
		product("waits");
		this.clock.forward(Duration.ofDays(14).minusSeconds(1));
		this.retention.prune();
		assertThat(count("webhook_event")).isEqualTo(2);
		this.clock.forward(Duration.ofSeconds(2));
		this.retention.prune();
		assertThat(count("webhook_event")).isZero();
		assertThat(log(id)).extracting((logged) -> logged.get("state").asString())
			.containsExactly("expired", "delivered");
		String delivered = log(id).get(1).get("id").asString();
		assertThat(send("POST", "/webhooks/deliveries/" + delivered + "/redeliver", "").statusCode()).isEqualTo(409);
		this.clock.forward(Duration.ofDays(16));
		this.retention.prune();
		assertThat(log(id)).isEmpty();
		assertThat(count("webhook_try")).isZero();
	}

	private List<JsonNode> log(UUID id) {
		List<JsonNode> items = new ArrayList<>();
		get("/webhooks/" + id + "/deliveries").get("items").forEach(items::add);
		return items;
	}

	private static UUID id(JsonNode webhook) {
		return UUID.fromString(webhook.get("id").asString());
	}

	private static void sleep(long millis) {
		try {
			TimeUnit.MILLISECONDS.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Clocks {

		@Bean
		@Primary
		SettableClock settableClock() {
			return new SettableClock(START);
		}

		@Bean
		Disabled disabledWebhooks() {
			return new Disabled();
		}

		static class Disabled {

			final ConcurrentLinkedQueue<WebhookDisabled> events = new ConcurrentLinkedQueue<>();

			@EventListener
			void add(WebhookDisabled event) {
				assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isTrue();
				this.events.add(event);
			}

		}

	}

}
