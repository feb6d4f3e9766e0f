package productimporter.products;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

import productimporter.HeldTable;
import productimporter.ImporterClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code DELETE /products} and the job behind it.
 */
@TestPropertySource(properties = "importer.bulk-delete.chunk-size=100")
class BulkDeleteTests extends ProductsTest {

	@Value("${importer.database.url}")
	String database;

	@Test
	void allProductsAreDeletedByAJob() {
		fill(1_234);
		HttpResponse<String> response = delete("?expected_count=1234");
		assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
		JsonNode accepted = JSON.readTree(response.body());
		String task = accepted.get("task_id").asString();
		assertThat(accepted.get("status_url").asString()).isEqualTo("/jobs/" + task);
		assertThat(response.headers().firstValue("Location")).hasValue("/jobs/" + task);
		JsonNode job = client().awaitJob(task);
		assertThat(job.get("status").asString()).as(job.toString()).isEqualTo("completed");
		assertThat(job.get("kind").asString()).isEqualTo("bulk_delete");
		assertThat(job.get("title").asString()).isEqualTo("All products");
		assertThat(job.get("message").asString()).isEqualTo("Deleted 1,234 products");
		assertThat(job.get("deleted").asLong()).isEqualTo(1_234);
		assertThat(job.get("rows_total").asLong()).isEqualTo(1_234);
		assertThat(job.get("percent").asDouble()).isEqualTo(100);
		assertThat(job.get("filter").isEmpty()).isTrue();
		assertThat(job.get("attempts")).hasSize(1);
		assertThat(job.get("steps")).extracting((step) -> step.get("name").asString())
			.containsExactly("count", "delete", "finish");
		assertThat(products()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "sku=SKU-0001", "name=name+7", "description=about+12", "active=false", "price_min=300",
			"price_max=120.50", "active=true&price_min=100&price_max=200", "updated_since=2020-01-01T00:00:00Z",
			"updated_since=2999-01-01T00:00:00Z", "sku=%25", "name=_" })
	void whatAListShowsIsWhatGoes(String filter) {
		fill(450);
		long matching = list("?size=1&" + filter).get("total").asLong();
		JsonNode job = run("?" + filter);
		assertThat(job.get("deleted").asLong()).isEqualTo(matching);
		assertThat(list("?size=1&" + filter).get("total").asLong()).isZero();
		assertThat(products()).isEqualTo(450 - matching);
	}

	@ParameterizedTest
	@ValueSource(strings = { "?skuu=a", "?sku=", "?sku", "?active=", "?active=perhaps", "?active=true&active=true",
			"?price_min=cheap", "?updated_since=yesterday", "?expected_count=", "?expected_count=many", "?page=1",
			"?sort=sku", "?sku=%00", "?confirm=true", "?sku=a&unknown=1", "?%20sku=a" })
	void aParameterThatIsNotUnderstoodIsRefusedAndNothingHappens(String query) {
		fill(3);
		long jobs = jobs();
		HttpResponse<String> response = client().delete("/products" + query);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(jobs()).isEqualTo(jobs);
		assertThat(products()).isEqualTo(3);
	}

	@Test
	void aFilterInTheBodyIsNotOverlooked() {
		fill(3);
		long jobs = jobs();
		HttpResponse<String> response = send("DELETE", "/products", "{\"sku\":\"none\"}");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(JSON.readTree(response.body()).get("code").asString()).isEqualTo("body_unexpected");
		assertThat(jobs()).isEqualTo(jobs);
	}

	@Test
	void anotherNumberThanExpectedIsAConflictThatTellsThePresentOne() {
		fill(12_000);
		long jobs = jobs();
		HttpResponse<String> response = delete("?active=true&expected_count=5");
		assertThat(response.statusCode()).isEqualTo(409);
		JsonNode problem = JSON.readTree(response.body());
		assertThat(problem.get("code").asString()).isEqualTo("count_differs");
		assertThat(problem.get("field").asString()).isEqualTo("expected_count");
		assertThat(problem.get("count").asLong()).isEqualTo(6_000);
		assertThat(delete("?expected_count=10000").statusCode()).isEqualTo(409);
		assertThat(jobs()).isEqualTo(jobs);
		assertThat(products()).isEqualTo(12_000);
	}

	@Test
	void nothingToDeleteIsAJobThatDeletesNothing() {
		JsonNode job = run("?sku=none");
		assertThat(job.get("deleted").asLong()).isZero();
		assertThat(job.get("filter").get("sku").asString()).isEqualTo("none");
		assertThat(job.get("title").asString()).isEqualTo("SKU contains “none”");
	}

	@Test
	void aBulkDeleteIsNoImport() {
		String task = JSON.readTree(delete("").body()).get("task_id").asString();
		client().awaitJob(task);
		for (String call : new String[] { "/upload/status/", "/upload/progress/", "/upload/errors/" }) {
			assertThat(client().get(call + task).statusCode()).as(call).isEqualTo(404);
		}
		for (String call : new String[] { "/upload/retry/", "/upload/stop/" }) {
			assertThat(client().post(call + task).statusCode()).as(call).isEqualTo(404);
		}
		assertThat(client().get("/upload").body()).doesNotContain(task);
		assertThat(client().get("/jobs?kind=bulk_delete").body()).contains(task);
		assertThat(client().get("/jobs?kind=import").body()).doesNotContain(task);
		assertThat(client().post("/jobs/" + task + "/stop").statusCode()).isEqualTo(409);
		assertThat(client().post("/jobs/" + task + "/restart").statusCode()).isEqualTo(409);
	}

	@Test
	void whatSomeoneIsChangingIsDeletedInTheEndAndNobodyWaitsForADeadlock() throws Exception {
		fill(300);
		try (Connection person = DriverManager.getConnection(this.database);
				Statement statement = person.createStatement()) {
			person.setAutoCommit(false);
			statement.execute("UPDATE product SET name = 'held' WHERE sku = 'sku-000001'");
			statement.execute("UPDATE product SET active = true WHERE sku = 'sku-000003'");
			String task = JSON.readTree(delete("?active=false").body()).get("task_id").asString();
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> products() == 152 && client().json("/jobs/" + task).get("percent").asDouble() > 98);
			assertThat(client().json("/jobs/" + task).get("status").asString()).isEqualTo("deleting");
			person.commit();
			JsonNode job = client().awaitJob(task);
			assertThat(job.get("status").asString()).isEqualTo("completed");
			assertThat(job.get("rows_total").asLong()).isEqualTo(150);
			assertThat(job.get("deleted").asLong()).isEqualTo(149);
		}
		assertThat(this.jdbc.sql("SELECT sku FROM product WHERE name <> 'held' AND active AND sku = 'sku-000003'")
			.query(String.class)
			.list()).hasSize(1);
		assertThat(list("?active=false").get("total").asLong()).isZero();
	}

	@Test
	void productsThatComeWhileItIsAtWorkStay() throws Exception {
		fill(300);
		try (Connection person = DriverManager.getConnection(this.database);
				Statement statement = person.createStatement()) {
			person.setAutoCommit(false);
			statement.execute("SELECT 1 FROM product WHERE sku = 'sku-000300' FOR UPDATE");
			String task = JSON.readTree(delete("").body()).get("task_id").asString();
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> products() == 1);
			create(Map.of("sku", "late", "name", "Came later"));
			person.commit();
			assertThat(client().awaitJob(task).get("deleted").asLong()).isEqualTo(300);
		}
		assertThat(skus(list(""))).containsExactly("late");
	}

	@Test
	void itCanBeStoppedAndGoOn() throws Exception {
		fill(300);
		try (HeldTable held = HeldTable.products(this.database)) {
			String task = JSON.readTree(delete("").body()).get("task_id").asString();
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> client().json("/jobs/" + task).get("rows_total").asLong() == 300);
			String waiting = JSON.readTree(delete("?sku=none").body()).get("task_id").asString();
			assertThat(client().json("/jobs/" + waiting).get("message").asString())
				.isEqualTo("Waiting behind 1 other job");
			assertThat(client().post("/jobs/" + waiting + "/stop").statusCode()).isEqualTo(202);
			assertThat(client().json("/jobs/" + waiting).get("status").asString()).isEqualTo("stopped");
			assertThat(client().post("/jobs/" + task + "/stop").statusCode()).isEqualTo(202);
			assertThat(client().json("/jobs/" + task).get("status").asString()).isEqualTo("stopping");
			assertThat(client().json("/jobs?status=stopping").get("total").asLong()).isOne();
			held.release();
			JsonNode stopped = client().awaitJob(task);
			assertThat(stopped.get("status").asString()).isEqualTo("stopped");
			assertThat(stopped.get("restartable").asBoolean()).isTrue();
			long gone = stopped.get("deleted").asLong();
			assertThat(products()).isEqualTo(300 - gone).isPositive();
			assertThat(client().post("/jobs/" + task + "/restart").statusCode()).isEqualTo(202);
			JsonNode job = client().awaitJob(task);
			assertThat(job.get("status").asString()).isEqualTo("completed");
			assertThat(job.get("deleted").asLong()).isEqualTo(300);
			assertThat(job.get("attempts")).hasSize(2);
		}
		assertThat(products()).isZero();
	}

	private HttpResponse<String> delete(String query) {
		return client().delete("/products" + query);
	}

	/** A bulk delete that must be completed. */
	private JsonNode run(String query) {
		HttpResponse<String> response = delete(query);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
		JsonNode job = client().awaitJob(JSON.readTree(response.body()).get("task_id").asString());
		assertThat(job.get("status").asString()).as(job.toString()).isEqualTo("completed");
		return job;
	}

	private ImporterClient client() {
		return new ImporterClient(this.port);
	}

	private long products() {
		return this.jdbc.sql("SELECT count(*) FROM product").query(Long.class).single();
	}

	private long jobs() {
		return this.jdbc.sql("SELECT count(*) FROM import_run").query(Long.class).single();
	}

}
