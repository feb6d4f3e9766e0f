package productimporter.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The list of jobs and their history.
 */
class JobsTests {

	private static Node node;

	private static UUID spring;

	private static UUID summer;

	@BeforeAll
	static void start() throws Exception {
		node = Node.alone();
		spring = node.upload("spring_50%.csv", Node.rows(30) + "no-name,\n");
		summer = node.upload("Summer.csv", Node.rows(20));
		node.ended(summer);
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@Test
	void theListHasTheNewestFirst() throws Exception {
		JsonNode page = node.json("/jobs");
		assertThat(ids(page)).containsExactly(summer.toString(), spring.toString());
		assertThat(page.get("total").asLong()).isEqualTo(2);
		JsonNode first = page.get("items").get(0);
		assertThat(first.get("kind").asString()).isEqualTo("import");
		assertThat(first.get("status").asString()).isEqualTo("completed");
		assertThat(first.get("filename").asString()).isEqualTo("Summer.csv");
		assertThat(first.get("rows_total").asLong()).isEqualTo(20);
	}

	@Test
	void theListCanBeFiltered() throws Exception {
		assertThat(ids(node.json("/jobs?filename=SUMMER"))).containsExactly(summer.toString());
		assertThat(ids(node.json("/jobs?filename=g_50%25"))).containsExactly(spring.toString());
		assertThat(ids(node.json("/jobs?filename=%25%25"))).isEmpty();
		assertThat(ids(node.json("/jobs?status=completed&kind=import"))).hasSize(2);
		assertThat(ids(node.json("/jobs?status=failed"))).isEmpty();
		String today = node.json("/jobs/" + spring).get("queued_at").asString().substring(0, 10);
		assertThat(ids(node.json("/jobs?from=" + today + "&to=" + today))).hasSize(2);
		assertThat(ids(node.json("/jobs?to=2020-01-01"))).isEmpty();
		assertThat(ids(node.json("/jobs?from=2999-01-01"))).isEmpty();
		assertThat(ids(node.json("/jobs?page=2"))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "state=failed", "status=", "status=done", "kind=export", "from=yesterday", "page=0",
			"to=2026-13-01" })
	void aParameterThatIsNotUnderstoodIsRefused(String query) throws Exception {
		JsonNode problem = node.json("/jobs?" + query);
		assertThat(problem.get("status").asInt()).isEqualTo(400);
		assertThat(problem.get("field").asString()).isEqualTo(query.substring(0, query.indexOf('=')));
	}

	@Test
	void aJobTellsItsAttemptsAndSteps() throws Exception {
		JsonNode job = node.json("/jobs/" + spring);
		assertThat(job.get("task_id").asString()).isEqualTo(spring.toString());
		assertThat(job.get("rejected").asLong()).isEqualTo(1);
		assertThat(job.get("parameters").get("run").asString()).isEqualTo(spring.toString());
		JsonNode attempt = job.get("attempts").get(0);
		assertThat(attempt.get("number").asInt()).isEqualTo(1);
		assertThat(attempt.get("status").asString()).isEqualTo("completed");
		assertThat(attempt.get("started_at").asString()).isBetween(job.get("started_at").asString(),
				job.get("finished_at").asString());
		List<String> steps = new ArrayList<>();
		long written = 0;
		for (JsonNode step : job.get("steps")) {
			steps.add(step.get("name").asString());
			assertThat(step.get("attempt").asInt()).isEqualTo(1);
			assertThat(step.get("failure").isNull()).isTrue();
			written += step.get("name").asString().startsWith("import:") ? step.get("written").asLong() : 0;
		}
		assertThat(steps).startsWith("inspect", "validate", "import").endsWith("finish");
		assertThat(written).isEqualTo(30);
	}

	@Test
	void anUnknownJobIsNotFound() throws Exception {
		String unknown = "/jobs/" + UUID.randomUUID();
		assertThat(node.get(unknown).statusCode()).isEqualTo(404);
		assertThat(node.post(unknown + "/restart").statusCode()).isEqualTo(404);
		assertThat(node.post(unknown + "/stop").statusCode()).isEqualTo(404);
	}

	@Test
	void aCompletedJobNeitherRestartsNorStops() throws Exception {
		assertThat(node.post("/jobs/" + spring + "/restart").statusCode()).isEqualTo(409);
		assertThat(node.post("/jobs/" + spring + "/stop").statusCode()).isEqualTo(409);
	}

	private static List<String> ids(JsonNode page) {
		List<String> ids = new ArrayList<>();
		page.get("items").forEach((item) -> ids.add(item.get("task_id").asString()));
		return ids;
	}

}
