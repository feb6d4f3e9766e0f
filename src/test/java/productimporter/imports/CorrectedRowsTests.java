package productimporter.imports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A file of refused rows is corrected, comes back as it is, and is linked to the import
 * that refused them.
 */
class CorrectedRowsTests extends OneNodeTest {

	@Test
	void rowsOfASemicolonFileInWindows1252ComeBackWithItsColumnsAndAreLinked() {
		byte[] file = "lager;sku;name;price;notiz\n7;-1;Stövchen;abc;=1+1\n8;b;Tasse;4,20;-\n;c;Gefäß;x;'=y\n"
			.getBytes(Charset.forName("windows-1252"));
		String parent = done(file, "frühjahr.csv", Map.of("encoding", "windows-1252"));
		String refused = refused(parent);
		assertThat(refused.lines()).containsExactly(
				"lager;sku;name;price;notiz;line;column;value;code;reason;refused_in_run",
				"7;'-1;Stövchen;abc;'=1+1;2;price;abc;price_not_a_number;" + reason(refused, 1) + ';' + parent,
				";c;Gefäß;x;''=y;4;price;x;price_not_a_number;" + reason(refused, 2) + ';' + parent);

		JsonNode accepted = accepted("korrigiert.csv",
				refused.replace("chen;abc", "chen;1,234").replace("äß;x", "äß;5,00").getBytes(StandardCharsets.UTF_8),
				Map.of());
		// 1,234 alone could be read in two ways: the import before knew in which
		assertThat(accepted.get("status").asString()).isEqualTo("queued");
		assertThat(accepted.get("parent_task_id").asString()).isEqualTo(parent);
		assertThat(accepted.get("ignored_columns").toString())
			.isEqualTo("[\"lager\",\"notiz\",\"line\",\"column\",\"value\",\"code\",\"reason\"]");
		String task = accepted.get("task_id").asString();
		JsonNode status = client.await(task);
		assertThat(status.get("parent_task_id").asString()).isEqualTo(parent);
		assertThat(client.status(parent).get("parent_task_id").isNull()).isTrue();
		assertThat(status.get("rejected").asLong()).isEqualTo(1);
		assertThat(products()).isEqualTo("b|Tasse|4.20\nc|Gefäß|5.00");
		assertThat(client.get("/ui/uploads/" + task).body()).contains("Corrects refused rows", "/ui/uploads/" + parent);
		assertThat(client.get("/ui/uploads/" + parent).body()).contains("Corrected by", "/ui/uploads/" + task,
				"korrigiert.csv");
		assertThat(client.get("/ui/jobs").body()).contains("corrects <a href=\"/ui/uploads/" + parent);

		// what is refused again has the columns of the first file, and names the second
		String again = refused(task);
		assertThat(again.lines()).hasSize(2)
			.first()
			.isEqualTo("lager;sku;name;price;notiz;line;column;value;code;reason;refused_in_run");
		assertThat(again).contains("7;'-1;Stövchen;1,234;'=1+1;2;price;1,234;", task).doesNotContain(parent);
		String third = done(again.replace("chen;1,234", "chen;1,23").getBytes(StandardCharsets.UTF_8), "3.csv",
				Map.of());
		assertThat(client.status(third).get("parent_task_id").asString()).isEqualTo(task);
		assertThat(products()).isEqualTo("-1|Stövchen|1.23\nb|Tasse|4.20\nc|Gefäß|5.00");
	}

	@Test
	void rowsOfAWorkbookComeBack() throws Exception {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (Workbook workbook = new Workbook(bytes, "tests", "1.0")) {
			Worksheet sheet = workbook.newWorksheet("Prices");
			row(sheet, 0, "shelf", "sku", "name", "price");
			row(sheet, 1, "A", "007", "+Spoon, \"old\"", "free");
			row(sheet, 2, "B", "008", "Fork", "2.50");
		}
		String parent = done(bytes.toByteArray(), "list.xlsx", Map.of());
		String refused = refused(parent);
		assertThat(refused.lines().toList()).hasSize(2)
			.first()
			.isEqualTo("shelf,sku,name,price,line,column,value,code,reason,refused_in_run");
		assertThat(refused).contains("A,007,\"'+Spoon, \"\"old\"\"\",free,2,price,free,price_not_a_number,");
		String task = done(refused.replace(",free,2", ",2.00,2").getBytes(StandardCharsets.UTF_8), "list.csv",
				Map.of());
		assertThat(client.status(task).get("parent_task_id").asString()).isEqualTo(parent);
		assertThat(products()).isEqualTo("007|+Spoon, \"old\"|2.00\n008|Fork|2.50");
	}

	@Test
	void aWorkbookMadeOfTheRefusedRowsIsLinkedToo() throws Exception {
		String parent = done("sku,name,price\na,=A,x\n".getBytes(StandardCharsets.UTF_8), "a.csv", Map.of());
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (Workbook workbook = new Workbook(bytes, "tests", "1.0")) {
			Worksheet sheet = workbook.newWorksheet("refused-rows");
			List<String> lines = refused(parent).replace("a,'=A,x,", "a,'=A,3,").lines().toList();
			for (int line = 0; line < lines.size(); line++) {
				// the reason may hold a comma
				row(sheet, line, lines.get(line).replaceAll("\"[^\"]*\"", "").split(",", -1));
			}
		}
		String task = done(bytes.toByteArray(), "corrected.xlsx", Map.of());
		assertThat(client.status(task).get("parent_task_id").asString()).isEqualTo(parent);
		assertThat(products()).isEqualTo("a|=A|3.00");
	}

	@Test
	void columnsThatHadToBeToldAreNotAskedForAgainAndRulesHold() {
		catalogue.execute("INSERT INTO product (id, sku, name, description, price) VALUES "
				+ "(gen_random_uuid(), '1', 'One', 'Long', 1), (gen_random_uuid(), '2', 'Two', 'Long', 2)");
		String mapping = "{\"sku\": \"Nr\", \"name\": \"Was\", \"description\": \"Text\", \"price\": \"Wieviel\"}";
		String parent = done("Nr,Was,Text,Wieviel\n1,Eins,,x\n3,Drei,,x\n".getBytes(StandardCharsets.UTF_8), "n.csv",
				Map.of("mapping", mapping, "mode", "update", "blank", "clear", "on_error", "abort", "max_errors", "5"));
		String corrected = refused(parent).replace(",x,2", ",7.00,2").replace(",x,3", ",8.00,3");
		JsonNode accepted = accepted("n.csv", corrected.getBytes(StandardCharsets.UTF_8), Map.of());
		assertThat(accepted.get("understood").get("columns").get("sku").asString()).isEqualTo("Nr");
		client.await(accepted.get("task_id").asString());
		assertThat(catalogue.text(
				"SELECT string_agg(concat_ws('|', sku, name, description, price), ' ' ORDER BY sku) " + "FROM product"))
			.isEqualTo("1|Eins|7.00 2|Two|Long|2.00");
		// what is said counts more
		accepted = accepted("n.csv", corrected.getBytes(StandardCharsets.UTF_8), Map.of("mode", "upsert"));
		assertThat(client.await(accepted.get("task_id").asString()).get("created").asLong()).isEqualTo(1);
		// a spreadsheet may have renamed what it was told by
		HttpResponse<String> renamed = client.post("n.csv",
				corrected.replace("Nr,Was", "sku,name").getBytes(StandardCharsets.UTF_8), Map.of());
		assertThat(renamed.statusCode()).as(renamed.body()).isEqualTo(202);
	}

	@Test
	void theLinkOutlivesAQuestionADryRunAndOtherColumnsAndASpreadsheetsEncoding() {
		String parent = done("sku,name,price\nä,Größe,x\n".getBytes(StandardCharsets.UTF_8), "u.csv", Map.of());
		String line = refused(parent).lines().skip(1).findFirst().orElseThrow();
		// only the columns that matter are left, in another order, behind a line of
		// somebody's own
		String edited = "refused_in_run;name;sku;price\n;Süßes für Gäste € 5;own;1,5\n" + parent.toUpperCase()
				+ ";Größe für Gäste € 5;ä;2,5\n";
		assertThat(line).endsWith(parent);
		JsonNode accepted = accepted("u.csv", edited.getBytes(Charset.forName("windows-1252")),
				Map.of("dry_run", "true"));
		assertThat(accepted.get("status").asString()).isEqualTo("needs_input");
		String task = accepted.get("task_id").asString();
		assertThat(client.status(task).get("parent_task_id").asString()).isEqualTo(parent);
		client.postForm("/upload/mapping/" + task, "encoding=windows-1252");
		client.await(task);
		HttpResponse<String> again = client.post("/upload/again/" + task);
		JsonNode imported = client.await(client.parse(again.body()).get("task_id").asString());
		assertThat(imported.get("parent_task_id").asString()).isEqualTo(parent);
		assertThat(imported.get("created").asLong()).isEqualTo(2);
	}

	@Test
	void aRunThatIsNotThereIsNoParentAndOneThatGoesTakesNoRunWithIt() {
		String unknown = "00000000-0000-7000-8000-000000000001";
		for (String named : List.of(unknown, "'; DROP TABLE product; --", "<script>", "")) {
			JsonNode accepted = accepted("x.csv",
					("sku,name,refused_in_run\na,A,\"" + named + "\"\n").getBytes(StandardCharsets.UTF_8), Map.of());
			assertThat(accepted.get("parent_task_id").isNull()).isTrue();
			client.await(accepted.get("task_id").asString());
		}
		String parent = done("sku,name,price\na,A,x\n".getBytes(StandardCharsets.UTF_8), "a.csv", Map.of());
		String task = done(refused(parent).getBytes(StandardCharsets.UTF_8), "b.csv", Map.of());
		assertThat(client.status(task).get("parent_task_id").asString()).isEqualTo(parent);
		catalogue.execute("DELETE FROM import_run WHERE id = '" + parent + "'");
		assertThat(client.status(task).get("parent_task_id").isNull()).isTrue();
		assertThat(client.get("/ui/uploads/" + task).body()).doesNotContain("Corrects refused rows");
	}

	private static String done(byte[] file, String filename, Map<String, String> fields) {
		String task = accepted(filename, file, fields).get("task_id").asString();
		assertThat(client.await(task).get("status").asString()).isEqualTo("completed");
		return task;
	}

	private static JsonNode accepted(String filename, byte[] file, Map<String, String> fields) {
		HttpResponse<String> response = client.post(filename, file, fields);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
		return client.parse(response.body());
	}

	private static String refused(String task) {
		return client.get("/upload/errors/" + task).body().replace("\r\n", "\n");
	}

	private static String reason(String refused, int line) {
		String[] cells = refused.lines().toList().get(line).split(";");
		return cells[cells.length - 2];
	}

	private static void row(Worksheet sheet, int row, String... cells) throws IOException {
		for (int i = 0; i < cells.length; i++) {
			sheet.value(row, i, cells[i]);
		}
	}

	private static String products() {
		return catalogue.text(
				"SELECT string_agg(concat_ws('|', sku, name, price), E'\\n' ORDER BY sku COLLATE \"C\") FROM product");
	}

}
