package productimporter.imports;

import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What can't be told for certain is asked, and nothing is imported before the answer.
 */
class NeedsInputTests extends OneNodeTest {

	private static final String UNCLEAR = "sku,name,price\na,A,\"1,234\"\n";

	@Test
	void aDoubtfulFileWaitsForItsAnswer() {
		JsonNode accepted = accepted(UNCLEAR, Map.of());
		assertThat(accepted.get("status").asString()).isEqualTo("needs_input");
		assertThat(accepted.get("understood").isNull()).isTrue();
		JsonNode question = accepted.get("question");
		assertThat(question.get("code").asString()).isEqualTo("decimal_unclear");
		assertThat(question.get("field").asString()).isEqualTo("decimal");
		String task = accepted.get("task_id").asString();
		JsonNode status = client.status(task);
		assertThat(status.get("status").asString()).isEqualTo("needs_input");
		assertThat(status.get("message").asString()).contains("1,234 is a price");
		assertThat(status.get("error").isNull()).isTrue();

		// another file isn't held up by it
		JsonNode other = client.await(client.upload("other.csv", bytes("sku,name\nb,B\n")));
		assertThat(other.get("status").asString()).isEqualTo("completed");

		HttpResponse<String> useless = answer(task, "blank=clear");
		assertThat(useless.statusCode()).isEqualTo(422);
		assertThat(client.parse(useless.body()).get("field").asString()).isEqualTo("decimal");
		assertThat(answer(task, "decimal=x").statusCode()).isEqualTo(422);
		assertThat(client.status(task).get("status").asString()).isEqualTo("needs_input");

		assertThat(answer(task, "decimal=.").statusCode()).isEqualTo(202);
		assertThat(client.await(task).get("created").asLong()).isEqualTo(1);
		assertThat(catalogue.text("SELECT price::text FROM product WHERE sku = 'a'")).isEqualTo("1234.00");
		assertThat(answer(task, "decimal=.").statusCode()).isEqualTo(409);
	}

	@Test
	void whoSaysItAtOnceIsNotAsked() {
		JsonNode accepted = accepted(UNCLEAR, Map.of("decimal", ".", "encoding", "utf-8", "delimiter", ","));
		assertThat(accepted.get("status").asString()).isEqualTo("queued");
		assertThat(accepted.get("question").isNull()).isTrue();
		assertThat(accepted.get("understood").get("decimal").asString()).isEqualTo(".");
	}

	@Test
	void theEncodingIsAskedWithAGuess() {
		byte[] file = ("sku,name\nk,Küche für Größe äöü\n" + "w,Würzige Süßigkeiten – „für Gäste“ € 5\n".repeat(20)
				+ "z,Straße Übung\n")
			.getBytes(Charset.forName("windows-1252"));
		JsonNode accepted = client.parse(client.post("w.csv", file, Map.of()).body());
		assertThat(accepted.get("status").asString()).isEqualTo("needs_input");
		String guess = accepted.get("question").get("guess").asString();
		assertThat(guess).isEqualToIgnoringCase("windows-1252");
		String task = accepted.get("task_id").asString();
		assertThat(client.get("/ui/uploads/" + task + "/mapping").body()).contains("Küche für Größe");
		answer(task, "encoding=" + guess);
		client.await(task);
		assertThat(catalogue.text("SELECT name FROM product WHERE sku = 'z'")).isEqualTo("Straße Übung");
	}

	@Test
	void columnsAreAskedOnlyOnRequest() {
		String file = "Nr;Was\n1;Eins\n";
		assertThat(client.post("x.csv", bytes(file), Map.of()).statusCode()).isEqualTo(422);
		JsonNode accepted = accepted(file, Map.of("review", "if_needed"));
		assertThat(accepted.get("question").get("field").asString()).isEqualTo("mapping");
		String task = accepted.get("task_id").asString();
		answer(task, "mapping=%7B%22sku%22%3A%22Nr%22%2C%22name%22%3A%22Was%22%7D");
		assertThat(client.await(task).get("created").asLong()).isEqualTo(1);
		JsonNode always = accepted("sku,name\na,A\n", Map.of("review", "always"));
		assertThat(always.get("question").get("code").asString()).isEqualTo("review");
		assertThat(always.get("understood").get("delimiter").asString()).isEqualTo(",");
		assertThat(client.post("/upload/stop/" + always.get("task_id").asString()).statusCode()).isEqualTo(202);
		assertThat(client.status(always.get("task_id").asString()).get("status").asString()).isEqualTo("stopped");
		assertThat(client.post("x.csv", bytes(file), Map.of("review", "perhaps")).statusCode()).isEqualTo(422);
		assertThat(client.post("x.csv", bytes("sku,name\n"), Map.of("review", "always")).statusCode()).isEqualTo(422);
	}

	@Test
	void aProfileCountsMoreThanWhatWasFoundBefore() {
		String task = accepted("sku,name;sku;name\na,A;b;B\n",
				Map.of("delimiter", ",", "mapping", "{\"name\": \"name;sku;name\"}"))
			.get("task_id")
			.asString();
		client.await(task);
		assertThat(catalogue.text("SELECT name FROM product WHERE sku = 'a'")).isEqualTo("A;b;B");
		client.put("/profiles/Semicolons",
				"{\"delimiter\": \";\", \"mapping\": {\"sku\": \"sku\", \"name\": \"name\"}}");
		HttpResponse<String> again = client.postForm("/upload/again/" + task, "profile=Semicolons");
		assertThat(again.statusCode()).as(again.body()).isEqualTo(202);
		client.await(client.parse(again.body()).get("task_id").asString());
		assertThat(catalogue.text("SELECT name FROM product WHERE sku = 'b'")).isEqualTo("B");
	}

	@Test
	void aPriceIsToldInTheMarkOfItsFile() {
		String task = accepted("sku;name;price\na;A;4,20\nb;B;four\nc;C;4,205\n", Map.of()).get("task_id").asString();
		assertThat(client.await(task).get("rejected").asLong()).isEqualTo(2);
		assertThat(client.get("/upload/errors/" + task).body()).contains("a decimal comma, such as 1234,50",
				"such as 4,20.");
	}

	@Test
	void aProfileSaysHowAFileIsRead() {
		assertThat(client.put("/profiles/Winter%20list", """
				{"delimiter": "|", "decimal": ",", "mapping": {"sku": "Nr", "name": "Was", "price": "Wieviel"}}""")
			.statusCode()).isEqualTo(201);
		String file = "Nr|Was|Wieviel\n7|Sieben|1,234\n";
		JsonNode accepted = accepted(file, Map.of("profile", "Winter list", "decimal", "."));
		assertThat(accepted.get("status").asString()).isEqualTo("queued");
		client.await(accepted.get("task_id").asString());
		assertThat(catalogue.text("SELECT name || price FROM product WHERE sku = '7'")).isEqualTo("Sieben1234.00");
		assertThat(client.json("/profiles").get("items")).hasSize(1);
		assertThat(client.json("/profiles/Winter%20list").get("fields").get("decimal").asString()).isEqualTo(",");
		assertThat(client.put("/profiles/Winter%20list", "{\"delimiter\": \"?\"}").statusCode()).isEqualTo(422);
		assertThat(client.put("/profiles/Winter%20list", "{\"colour\": \"blue\"}").statusCode()).isEqualTo(422);
		assertThat(client.put("/profiles/Winter%20list", "{\"delimiter\": \"tab\"}").statusCode()).isEqualTo(200);
		assertThat(client.delete("/profiles/Winter%20list").statusCode()).isEqualTo(204);
		assertThat(client.delete("/profiles/Winter%20list").statusCode()).isEqualTo(404);
		HttpResponse<String> gone = client.post("x.csv", bytes(file), Map.of("profile", "Winter list"));
		assertThat(gone.statusCode()).isEqualTo(422);
		assertThat(client.parse(gone.body()).get("code").asString()).isEqualTo("profile_unknown");
	}

	private static JsonNode accepted(String csv, Map<String, String> fields) {
		HttpResponse<String> response = client.post("some.csv", bytes(csv), fields);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
		return client.parse(response.body());
	}

	private static HttpResponse<String> answer(String task, String form) {
		return client.postForm("/upload/mapping/" + task, form);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
