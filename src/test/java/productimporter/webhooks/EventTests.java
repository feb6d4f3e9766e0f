package productimporter.webhooks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Value;

import productimporter.HeldTable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which events there are, when, and what is in them.
 */
class EventTests extends WebhooksTest {

	@Value("${importer.database.url}")
	String database;

	@Value("${importer.uploads.directory}")
	Path store;

	@Test
	void aChangeByHandIsToldWithWhatChangedAndTheVersionOfTheETag() {
		Receiver receiver = receiver();
		webhook(receiver, "product.created", "product.updated", "product.deleted");
		JsonNode product = product("KT-1");
		String path = "/products/" + product.get("id").asString();
		ok("PATCH", path, Map.of("price", "12.50", "name", "Kettle"));
		String etag = send("GET", path, "").headers().firstValue("ETag").orElseThrow();
		ok("PATCH", path, Map.of("price", "12.5"));
		ok("DELETE", path, "");
		await().until(() -> receiver.messages().size() == 3);
		JsonNode created = receiver.messages("product.created").get(0).json();
		assertThat(created.propertyNames()).containsExactly("type", "timestamp", "data");
		assertThat(created.get("data").get("upload_id").isNull()).isTrue();
		assertThat(created.get("data").get("items")).singleElement().satisfies((item) -> {
			assertThat(item.get("id")).isEqualTo(product.get("id"));
			assertThat(item.get("sku").asString()).isEqualTo("kt-1");
			assertThat(item.get("changed")).isEmpty();
		});
		JsonNode updated = receiver.messages("product.updated").get(0).json().get("data").get("items").get(0);
		assertThat(updated.get("changed")).extracting(JsonNode::asString).containsExactly("name", "price");
		assertThat("\"" + updated.get("version").asLong() + "\"").isEqualTo(etag);
		assertThat(receiver.ids("product.deleted")).containsExactly(product.get("id").asString());
	}

	@Test
	void anImportIsToldInMessagesOfUpTo500ProductsAndThenItsEnd() {
		Receiver receiver = receiver();
		webhook(receiver, "product.created", "product.updated", "upload.completed");
		JsonNode status = imported(rows(0, 10_000, "Product"));
		await().until(() -> receiver.messages("upload.completed").size() == 1
				&& receiver.ids("product.created").size() >= 10_000);
		assertThat(receiver.ids("product.created")).containsExactlyInAnyOrderElementsOf(productIds("true"));
		List<Receiver.Message> created = receiver.messages("product.created");
		assertThat(created)
			.allSatisfy((message) -> assertThat(message.json().get("data").get("items").size()).isBetween(1, 500));
		JsonNode end = receiver.messages("upload.completed").get(0).json().get("data");
		assertThat(end.get("upload_id")).isEqualTo(status.get("task_id"));
		assertThat(end.get("created").asInt()).isEqualTo(10_000);
		int messages = end.get("messages").get("product.created").asInt();
		// two of each full chunk, one or two of the last of each range
		assertThat(messages).isBetween(20, 22);
		assertThat(created).extracting((message) -> message.json().get("data").get("sequence").asInt())
			.containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, messages).boxed().toList());
		assertThat(end.get("messages").get("product.updated").asInt()).isZero();
		assertThat(receiver.messages("product.updated")).isEmpty();
	}

	@Test
	void importingTheSameFileAgainTellsNoProduct() {
		Receiver receiver = receiver();
		imported(rows(0, 3_000, "Product"));
		webhook(receiver, "product.created", "product.updated", "upload.completed");
		imported(rows(0, 3_000, "Product"));
		await().until(() -> receiver.messages("upload.completed").size() == 1);
		assertThat(receiver.messages()).hasSize(1);
		assertThat(count("webhook_event")).isOne();
	}

	@Test
	void anImportTellsExactlyTheProductsThatItCreatedAndChanged() {
		Receiver receiver = receiver();
		imported(rows(0, 4_000, "Product"));
		webhook(receiver, "product.created", "product.updated", "upload.completed");
		// 1,000 with another name, 1,000 as they are, one with another price, 500 new
		// ones
		String one = "sku-003000,Product 3000,About it,77.70\n";
		imported(rows(0, 1_000, "Other") + rows(1_000, 2_000, "Product") + one + rows(4_000, 4_500, "Product"));
		await().until(() -> receiver.messages("upload.completed").size() == 1
				&& receiver.ids("product.created").size() >= 500 && receiver.ids("product.updated").size() >= 1001);
		assertThat(receiver.ids("product.created"))
			.containsExactlyInAnyOrderElementsOf(productIds("sku >= 'sku-004000'"));
		assertThat(receiver.ids("product.updated"))
			.containsExactlyInAnyOrderElementsOf(productIds("name LIKE 'Other%' OR price = 77.70"));
		receiver.messages("product.updated")
			.forEach((message) -> message.json().get("data").get("items").forEach((item) -> {
				assertThat(item.get("changed")).singleElement()
					.isEqualTo(JSON.valueToTree(item.get("sku").asString().equals("sku-003000") ? "price" : "name"));
				assertThat(count("product WHERE id = '" + item.get("id").asString() + "' AND sku = '"
						+ item.get("sku").asString() + "' AND xmin::text = '" + item.get("version").asLong() + "'"))
					.isOne();
			}));
	}

	@Test
	void whatNobodyWantsToKnowIsNotRecorded() {
		product("before");
		imported(rows(0, 1_000, "Product"));
		Receiver receiver = receiver();
		webhook(receiver, "upload.failed");
		product("after");
		imported(rows(0, 1_000, "Other"));
		assertThat(count("webhook_event")).isZero();
		assertThat(count("webhook_upload")).isZero();
		assertThat(count("product WHERE import_changes IS NOT NULL")).isZero();
	}

	@Test
	void eachProductByItselfOrNoneAtAll() {
		Receiver each = receiver();
		Receiver none = receiver();
		Receiver batches = receiver();
		webhook(each.url(), "individual", "product.created", "upload.completed");
		webhook(none.url(), "summary", "product.created", "upload.completed");
		webhook(batches.url(), "batched", "product.created", "upload.completed");
		imported(rows(0, 700, "Product"));
		await().until(() -> each.messages("product.created").size() == 700
				&& batches.ids("product.created").size() == 700 && none.messages("upload.completed").size() == 1);
		assertThat(new HashSet<>(each.ids("product.created"))).isEqualTo(new HashSet<>(productIds("true")));
		assertThat(each.messages()).extracting(Receiver.Message::id).doesNotHaveDuplicates();
		assertThat(none.messages()).hasSize(1);
	}

	@Test
	void aBulkDeleteIsToldOnceWithItsCountAndFilter() {
		imported(rows(0, 300, "Product"));
		Receiver receiver = receiver();
		webhook(receiver, "product.deleted", "product.bulk_deleted", "upload.completed", "upload.failed");
		String task = ok("DELETE", "/products?sku=sku-0001&active=true", "").get("task_id").asString();
		String none = ok("DELETE", "/products?sku=nothing", "").get("task_id").asString();
		client().awaitJob(task);
		client().awaitJob(none);
		await().until(() -> receiver.messages().size() == 1);
		JsonNode data = receiver.messages("product.bulk_deleted").get(0).json().get("data");
		assertThat(data.get("task_id").asString()).isEqualTo(task);
		assertThat(data.get("count").asLong()).isEqualTo(100);
		assertThat(data.get("filter")).isEqualTo(JSON.readTree("{\"sku\": \"sku-0001\", \"active\": \"true\"}"));
		assertThat(count("webhook_event")).isOne();
	}

	@Test
	void anImportThatFailsOrIsStoppedIsToldToo() throws Exception {
		Receiver receiver = receiver();
		webhook(receiver, "upload.completed", "upload.failed");
		String first;
		String stopped;
		String failed;
		try (HeldTable held = HeldTable.products(this.database)) {
			first = uploaded(rows(0, 10, "Product"));
			stopped = uploaded(rows(10, 20, "Product"));
			failed = uploaded(rows(20, 30, "Product"));
			ok("POST", "/upload/stop/" + stopped, "");
			Files.delete(this.store.resolve(this.jdbc.sql("SELECT upload_id::text FROM import_run WHERE id = ?::uuid")
				.param(failed)
				.query(String.class)
				.single()));
		}
		client().await(failed);
		await().until(() -> receiver.messages().size() == 3);
		assertThat(receiver.messages()).extracting((message) -> message.json().get("data"))
			.extracting((data) -> data.get("upload_id").asString() + " " + data.get("status").asString() + " "
					+ data.get("error_code").asString(""))
			.containsExactlyInAnyOrder(first + " completed ", stopped + " stopped ",
					failed + " failed upload_vanished");
	}

}
