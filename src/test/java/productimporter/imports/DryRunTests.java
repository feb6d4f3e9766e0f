package productimporter.imports;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A dry run says what an import would do, and does nothing.
 */
class DryRunTests extends OneNodeTest {

	private static final String CATALOGUE = """
			INSERT INTO product (id, sku, name, description, price) VALUES
			(gen_random_uuid(), 'kt-1', 'Kettle', 'Steel', 49.90), (gen_random_uuid(), 'kt-2', 'Kettle', NULL, 10),
			(gen_random_uuid(), 'mg-1', 'Mug', 'Blue', 5)""";

	private static final String FILE = """
			sku,name,description,price
			kt-1,Kettle,Brushed steel,20
			kt-2,Kettle,,10
			new-1,<script>alert(1)</script>,,3
			bad-1,Bad,,x
			mg-1,Old mug,,5
			mg-1,New mug,,5
			""";

	@Test
	void itCountsAndShowsWhatTheImportThenDoes() {
		catalogue.execute(CATALOGUE);
		String before = catalogue.digest();
		String dry = dryRun(FILE, Map.of());
		JsonNode status = client.await(dry);
		assertThat(status.get("status").asString()).isEqualTo("completed");
		assertThat(status.get("dry_run").asBoolean()).isTrue();
		assertThat(status.get("message").asString()).isEqualTo("Dry run done, 1 rows refused");
		assertThat(counts(status)).containsExactly(6L, 1L, 2L, 1L, 1L, 1L);
		assertThat(catalogue.digest()).isEqualTo(before);
		assertThat(changes(dry, "")).containsExactly("kt-1 updated description Steel>Brushed steel, price 49.90>20.00",
				"mg-1 updated name Mug>New mug", "new-1 created name null><script>alert(1)</script>, price null>3.00");
		HttpResponse<String> again = client.post("/upload/again/" + dry);
		assertThat(again.statusCode()).isEqualTo(202);
		String run = client.parse(again.body()).get("task_id").asString();
		assertThat(again.headers().firstValue("Location")).hasValue("/upload/status/" + run);
		JsonNode imported = client.await(run);
		assertThat(imported.get("dry_run").asBoolean()).isFalse();
		assertThat(counts(imported)).isEqualTo(counts(status));
		assertThat(imported.get("sha256")).isEqualTo(status.get("sha256"));
		assertThat(catalogue.text("SELECT name FROM product WHERE sku = 'mg-1'")).isEqualTo("New mug");
	}

	@Test
	void whatIsAskedOfTheImportHoldsForTheDryRun() {
		catalogue.execute(CATALOGUE);
		String create = dryRun(FILE, Map.of("mode", "create"));
		assertThat(counts(client.await(create))).containsExactly(6L, 1L, 0L, 3L, 1L, 1L);
		assertThat(changes(create, "")).singleElement().asString().startsWith("new-1 created");
		String update = dryRun(FILE, Map.of("mode", "update", "blank", "clear"));
		assertThat(counts(client.await(update))).containsExactly(6L, 0L, 2L, 2L, 1L, 1L);
		assertThat(changes(update, "")).containsExactly(
				"kt-1 updated description Steel>Brushed steel, price 49.90>20.00",
				"mg-1 updated name Mug>New mug, description Blue>null");
		String none = dryRun("sku,name\nkt-1,Kettle\nkt-1,Kettle\n", Map.of("duplicates", "refuse"));
		assertThat(counts(client.await(none))).containsExactly(2L, 0L, 0L, 0L, 0L, 2L);
		assertThat(changes(none, "")).isEmpty();
	}

	@Test
	void changesComePageByPageAndByKind() {
		catalogue.execute(CATALOGUE);
		String dry = dryRun(FILE, Map.of());
		client.await(dry);
		JsonNode first = client.json("/upload/diff/" + dry + "?size=2");
		assertThat(first.get("items")).hasSize(2);
		assertThat(first.get("after").asString()).isEqualTo("mg-1");
		JsonNode second = client.json("/upload/diff/" + dry + "?size=2&after=mg-1");
		assertThat(second.get("items")).hasSize(1);
		assertThat(second.get("after").isNull()).isTrue();
		assertThat(changes(dry, "?kind=created")).singleElement().asString().startsWith("new-1");
		assertThat(changes(dry, "?kind=updated")).hasSize(2);
		assertThat(changes(dry, "?kind=price_halved")).singleElement().asString().startsWith("kt-1");
		assertThat(client.get("/upload/diff/" + dry + "?kind=all_of_them").statusCode()).isEqualTo(400);
		assertThat(client.get("/upload/diff/" + dry + "?size=0").statusCode()).isEqualTo(400);
	}

	@Test
	void onlyADryRunHasADiffAndOnlyAnEndedRunComesAgain() {
		String run = client.upload("a.csv", "sku,name\na,A\n".getBytes(StandardCharsets.UTF_8));
		client.await(run);
		HttpResponse<String> diff = client.get("/upload/diff/" + run);
		assertThat(diff.statusCode()).isEqualTo(409);
		assertThat(client.parse(diff.body()).get("code").asString()).isEqualTo("dry_run_not_done");
		UUID unknown = UUID.randomUUID();
		assertThat(client.get("/upload/diff/" + unknown).statusCode()).isEqualTo(404);
		assertThat(client.post("/upload/again/" + unknown).statusCode()).isEqualTo(404);
		assertThat(client.post("/upload/again/" + run + "?mode=none").statusCode()).isEqualTo(400);
	}

	@Test
	void thePageWarnsWhenProductsHaveChangedSince() {
		catalogue.execute(CATALOGUE);
		catalogue.execute("UPDATE product SET updated_at = now() - interval '1 day'");
		String dry = dryRun(FILE, Map.of());
		client.await(dry);
		assertThat(client.get("/ui/uploads/" + dry).body()).contains("Would create", "Brushed steel")
			.doesNotContain("Products have changed since");
		catalogue.execute("UPDATE product SET price = 6, updated_at = now() WHERE sku = 'mg-1'");
		assertThat(client.get("/ui/uploads/" + dry).body()).contains("Products have changed since");
	}

	@Test
	void itIsNoImportOfTheSameFileBefore() {
		String dry = dryRun("sku,name\nq,Q\n", Map.of());
		client.await(dry);
		String run = client.parse(client.post("/upload/again/" + dry).body()).get("task_id").asString();
		client.await(run);
		assertThat(client.get("/ui/uploads/" + run).body()).doesNotContain("This file was imported before");
	}

	private static String dryRun(String csv, Map<String, String> options) {
		Map<String, String> fields = new HashMap<>(options);
		fields.put("dry_run", "true");
		HttpResponse<String> response = client.post("dry.csv", csv.getBytes(StandardCharsets.UTF_8), fields);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
		return client.parse(response.body()).get("task_id").asString();
	}

	/** {@code sku kind field before>after, …} for each product. */
	private static List<String> changes(String run, String query) {
		return client.json("/upload/diff/" + run + query).get("items").valueStream().map(DryRunTests::inWords).toList();
	}

	private static String inWords(JsonNode change) {
		return change.get("sku").asString() + (change.get("created").asBoolean() ? " created " : " updated ")
				+ String.join(", ",
						change.get("fields")
							.valueStream()
							.map((field) -> field.get("field").asString() + " " + field.get("before").asString(null)
									+ ">" + field.get("after").asString(null))
							.toList());
	}

	/** Read, created, updated, unchanged, superseded, rejected. */
	private static List<Long> counts(JsonNode status) {
		return Stream.of("rows_read", "created", "updated", "unchanged", "superseded", "rejected")
			.map((name) -> status.get(name).asLong())
			.toList();
	}

}
