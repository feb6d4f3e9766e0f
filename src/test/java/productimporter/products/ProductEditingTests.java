package productimporter.products;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class ProductEditingTests extends ProductsTest {

	@Test
	void aProductIsCreatedReadReplacedChangedAndDeleted() {
		HttpResponse<String> created = send("POST", "/products", """
				{"sku": "  KT-1 ", "name": "Kettle", "description": "Steel", "price": "49.9"}""");
		assertThat(created.statusCode()).isEqualTo(201);
		JsonNode product = JSON.readTree(created.body());
		String path = created.headers().firstValue("Location").orElseThrow();
		String etag = created.headers().firstValue("ETag").orElseThrow();
		assertThat(path).isEqualTo("/products/" + product.get("id").asString());
		assertThat(created.body()).contains("\"sku\":\"kt-1\"", "\"price\":49.90", "\"active\":true", "\"created_at\":")
			.doesNotContain("version");
		HttpResponse<String> read = get(path);
		assertThat(read.body()).isEqualTo(created.body());
		assertThat(read.headers().firstValue("ETag")).hasValue(etag);
		HttpResponse<String> same = get(path, "If-None-Match", etag);
		assertThat(same.statusCode()).isEqualTo(304);
		assertThat(same.body()).isEmpty();

		HttpResponse<String> changed = send("PATCH", path, "{\"price\": null, \"active\": false}", "If-Match", etag);
		assertThat(changed.statusCode()).isEqualTo(200);
		assertThat(changed.body()).contains("\"price\":null", "\"active\":false", "\"description\":\"Steel\"");
		assertThat(get(path, "If-None-Match", etag).statusCode()).isEqualTo(200);

		HttpResponse<String> replaced = send("PUT", path, "{\"sku\": \"kt-2\", \"name\": \"Pot\", \"price\": 5}",
				"If-Match", changed.headers().firstValue("ETag").orElseThrow());
		assertThat(replaced.body()).contains("\"sku\":\"kt-2\"", "\"description\":null", "\"price\":5.00",
				"\"active\":true");
		assertThat(JSON.readTree(replaced.body()).get("created_at")).isEqualTo(product.get("created_at"));

		assertThat(send("DELETE", path, "", "If-Match", etag).statusCode()).isEqualTo(412);
		assertThat(send("DELETE", path, "").statusCode()).isEqualTo(204);
		for (String method : List.of("GET", "PUT", "PATCH", "DELETE")) {
			HttpResponse<String> gone = send(method, path, "{\"sku\": \"kt-2\", \"name\": \"Pot\"}", "If-Match", etag);
			assertThat(gone.statusCode()).as(method).isEqualTo(404);
			assertThat(gone.body()).contains("product_not_found");
		}
		assertThat(get("/products/no-uuid").statusCode()).isEqualTo(400);
		assertThat(get("/products/" + UUID.randomUUID() + "?x=1").statusCode()).isEqualTo(400);
	}

	@Test
	void everyBadFieldIsNamed() {
		HttpResponse<String> response = send("POST", "/products",
				"{\"sku\": 7, \"name\": \" \\u2003\", \"description\": \"a\\u0000b\", \"price\": \"-1\", \"active\": \"yes\", "
						+ "\"colour\": 1, \"id\": null}");
		assertThat(response.statusCode()).isEqualTo(422);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		JsonNode errors = JSON.readTree(response.body()).get("errors");
		List<String> found = new ArrayList<>();
		errors.forEach((error) -> found.add(error.get("field").asString() + " " + error.get("code").asString()));
		assertThat(found).containsExactlyInAnyOrder("sku type_mismatch", "name missing",
				"description control_character", "price price_negative", "active type_mismatch", "colour field_unknown",
				"id field_read_only");
		assertThat(list("").get("total").asInt()).isZero();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{}|sku,name", "{\"name\": \"x\"}|sku", "{\"sku\": \" \", \"name\": null}|sku,name",
					"{\"sku\": \"a\\tb\", \"name\": \"a\\u0007\"}|sku,name",
					"{\"sku\": \"a\", \"name\": \"\\ud83d\"}|name",
					"{\"sku\": \"a\", \"name\": \"b\", \"price\": \"1.29O\"}|price",
					"{\"sku\": \"a\", \"name\": \"b\", \"price\": \"1.299\"}|price",
					"{\"sku\": \"a\", \"name\": \"b\", \"price\": 12345678901}|price",
					"{\"sku\": \"a\", \"name\": \"b\", \"price\": 1.0000000000000000001}|price",
					"{\"sku\": \"a\", \"name\": \"b\", \"price\": 1e999999999}|price",
					"{\"sku\": \"a\", \"name\": \"b\", \"price\": \"1,000.00\"}|price",
					"{\"sku\": \"a\", \"name\": \"b\", \"price\": true}|price",
					"{\"sku\": \"a\", \"name\": \"b\", \"active\": null}|active" })
	void aFieldThatBreaksARuleIsNamed(String body, String fields) {
		HttpResponse<String> response = send("POST", "/products", body);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
		List<String> found = new ArrayList<>();
		JSON.readTree(response.body()).get("errors").forEach((error) -> found.add(error.get("field").asString()));
		assertThat(String.join(",", found)).isEqualTo(fields);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "{", "{\"sku\": \"a\", \"sku\": \"b\", \"name\": \"c\"}", "{} {}", "7" })
	void aBodyThatIsNoProductIsRefused(String body) {
		HttpResponse<String> response = send("POST", "/products", body);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
		assertThat(response.body()).contains("body_malformed");
	}

	@Test
	void lengthsAreCountedInCharactersAndBodiesAreBounded() {
		String fox = "🦊";
		create(Map.of("sku", fox.repeat(255), "name", "x"));
		assertThat(send("POST", "/products", JSON.writeValueAsString(Map.of("sku", fox.repeat(256), "name", "x")))
			.statusCode()).isEqualTo(422);
		create(Map.of("sku", "long", "name", "x", "description", "\n".repeat(1_048_576)));
		assertThat(send("POST", "/products",
				JSON.writeValueAsString(Map.of("sku", "longer", "name", "x", "description", "y".repeat(1_048_577))))
			.body()).contains("too_long");
		assertThat(send("POST", "/products",
				JSON.writeValueAsString(Map.of("sku", "longest", "name", "x", "description", "y".repeat(17_000_000))))
			.statusCode()).isEqualTo(413);
	}

	@ParameterizedTest
	@ValueSource(strings = { "<script>alert(1)</script>", "=HYPERLINK(\"http://evil.example\",\"x\")", "Mug 🦊 𝕏",
			"حقيبة جلد (بنّي)", "line\r\nbreak\tand \"quotes\"", "Robert'); DROP TABLE product;--", "${7*7} {{7*7}}" })
	void anyTextIsKeptAsItIs(String name) {
		JsonNode product = create(Map.of("sku", "text", "name", name, "description", name));
		assertThat(product.get("name").asString()).isEqualTo(name);
		assertThat(list("?name=" + encode(name)).get("items").get(0).get("description").asString()).isEqualTo(name);
	}

	@Test
	void ofAHundredCreatesOfOneSkuInMixedCaseOneComesThrough() {
		List<Integer> answers = together(100,
				(number) -> send("POST", "/products", "{\"sku\": \"" + ((number % 2 == 0) ? "Same-SKU" : "sAME-sku")
						+ "\", \"name\": \"Number " + number + "\"}")
					.statusCode());
		assertThat(answers).filteredOn((status) -> status == 201).hasSize(1);
		assertThat(answers).filteredOn((status) -> status == 409).hasSize(99);
		HttpResponse<String> late = send("POST", "/products", "{\"sku\": \"SAME-SKU\", \"name\": \"x\"}");
		assertThat(late.body()).contains("sku_taken", "same-sku", "\"field\":\"sku\"");
		JsonNode other = create(Map.of("sku", "other", "name", "x"));
		HttpResponse<String> renamed = send("PATCH", "/products/" + other.get("id").asString(),
				"{\"sku\": \"Same-Sku\"}");
		assertThat(renamed.statusCode()).isEqualTo(409);
	}

	@Test
	void ofTwentyEditorsWhoSawTheSameOneComesThrough() {
		JsonNode product = create(Map.of("sku", "edited", "name", "Before"));
		String path = "/products/" + product.get("id").asString();
		String etag = get(path).headers().firstValue("ETag").orElseThrow();
		List<Integer> answers = together(20,
				(number) -> send("PATCH", path, "{\"name\": \"Editor " + number + "\"}", "If-Match", etag)
					.statusCode());
		assertThat(answers).filteredOn((status) -> status == 200).hasSize(1);
		assertThat(answers).filteredOn((status) -> status == 412).hasSize(19);
		assertThat(send("PATCH", path, "{}", "If-Match", "*").statusCode()).isEqualTo(200);
		assertThat(send("PATCH", path, "{}", "If-Match", "\"1\", W/\"2\", junk").statusCode()).isEqualTo(412);
	}

	/** As the import writes, in a transaction that began before the edit. */
	@Test
	void anImportAndAnEditDontOverwriteEachOtherUnseen() {
		JsonNode product = create(Map.of("sku", "both", "name", "Before", "price", 1));
		String path = "/products/" + product.get("id").asString();
		String etag = get(path).headers().firstValue("ETag").orElseThrow();
		this.jdbc.sql("""
				INSERT INTO product (id, sku, name) VALUES (gen_random_uuid(), 'both', 'From a file')
				ON CONFLICT (sku) DO UPDATE SET name = EXCLUDED.name, updated_at = now()
				WHERE (product.name) IS DISTINCT FROM (EXCLUDED.name)""").update();
		HttpResponse<String> edit = send("PUT", path, "{\"sku\": \"both\", \"name\": \"Edited\"}", "If-Match", etag);
		assertThat(edit.statusCode()).isEqualTo(412);
		assertThat(edit.body()).contains("product_changed", "Someone else changed this product at");
		assertThat(get(path).body()).contains("From a file");
	}

	@Test
	void thePreconditionIsCheckedAgainAfterWaiting() {
		JsonNode product = create(Map.of("sku", "waits", "name", "Before"));
		String path = "/products/" + product.get("id").asString();
		String etag = get(path).headers().firstValue("ETag").orElseThrow();
		this.jdbc.sql("""
				CREATE OR REPLACE FUNCTION pause() RETURNS trigger LANGUAGE plpgsql AS
				$$ BEGIN PERFORM pg_sleep(0.5); RETURN NEW; END $$""").update();
		this.jdbc.sql("CREATE TRIGGER pause AFTER UPDATE ON product FOR EACH ROW EXECUTE FUNCTION pause()").update();
		try {
			List<Integer> answers = together(2,
					(number) -> send("PATCH", path, "{\"price\": " + number + "}", "If-Match", etag).statusCode());
			assertThat(answers).containsExactlyInAnyOrder(200, 412);
		}
		finally {
			this.jdbc.sql("DROP TRIGGER pause ON product").update();
		}
	}

	@Test
	void anEtagHoldsAlsoForCompressedAnswers() {
		JsonNode product = create(Map.of("sku", "large", "name", "x", "description", "text ".repeat(2000)));
		String path = "/products/" + product.get("id").asString();
		String etag = get(path, "Accept-Encoding", "gzip").headers().firstValue("ETag").orElseThrow();
		assertThat(send("PATCH", path, "{\"name\": \"y\"}", "If-Match", etag).statusCode()).isEqualTo(200);
	}

	private static List<Integer> together(int count, IntFunction<Integer> call) {
		ExecutorService threads = Executors.newFixedThreadPool(count);
		try {
			List<CompletableFuture<Integer>> calls = IntStream.range(0, count)
				.mapToObj((number) -> CompletableFuture.supplyAsync((Supplier<Integer>) () -> call.apply(number),
						threads))
				.toList();
			return calls.stream().map(CompletableFuture::join).toList();
		}
		finally {
			threads.shutdown();
		}
	}

}
