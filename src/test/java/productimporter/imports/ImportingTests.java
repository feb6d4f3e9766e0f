package productimporter.imports;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import productimporter.Catalogue;
import productimporter.ImporterClient;
import productimporter.ProductFile;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Imports over HTTP, with everything real. Run on the oldest and the newest PostgreSQL.
 * Long, since all that has to hold on both is here, with one application for it.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "importer.job.chunk-size=2000", "importer.job.partitions=3" })
abstract class ImportingTests {

	@TempDir
	Path directory;

	@LocalServerPort
	int port;

	private ImporterClient client;

	private final Catalogue catalogue;

	ImportingTests(String database) {
		this.catalogue = new Catalogue(database);
	}

	@BeforeEach
	void emptyCatalogue() {
		this.client = new ImporterClient(this.port);
		this.catalogue.execute("TRUNCATE product");
	}

	@Test
	void everyRowIsAccountedForAndTheProductsAreThoseOfTheFile() {
		ProductFile file = ProductFile.write(this.directory.resolve("products.csv"), 40_000, 7, 0.01);
		JsonNode status = this.client.await(this.client.upload(file.path()));
		assertThat(status.get("status").asString()).isEqualTo("completed");
		assertThat(counts(status)).isEqualTo(List.of((long) file.rows(), (long) file.products(), 0L, 0L,
				(long) file.superseded(), (long) file.rejected()));
		assertThat(status.get("rows_total").asLong()).isEqualTo(file.rows());
		assertThat(status.get("percent").asDouble()).isEqualTo(100);
		assertThat(this.catalogue.digest()).isEqualTo(file.digest());
	}

	@Test
	void theSameFileAgainWritesNothing() {
		ProductFile file = ProductFile.write(this.directory.resolve("products.csv"), 20_000, 8, 0);
		this.client.await(this.client.upload(file.path()));
		String before = this.catalogue
			.text("SELECT md5(string_agg(xmin::text || ctid::text, ',' ORDER BY sku)) FROM product");
		JsonNode status = this.client.await(this.client.upload(file.path()));
		assertThat(counts(status))
			.isEqualTo(List.of((long) file.rows(), 0L, 0L, (long) file.products(), (long) file.superseded(), 0L));
		assertThat(
				this.catalogue.text("SELECT md5(string_agg(xmin::text || ctid::text, ',' ORDER BY sku)) FROM product"))
			.isEqualTo(before);
	}

	@Test
	void createdUpdatedAndUnchangedAreToldApart() throws Exception {
		importing("sku,name,description,price\na,A,one,1.00\nb,B,two,2.00\nc,C,three,3.00\n");
		JsonNode status = importing("sku,name,description,price\nA,A,one,1.00\nb,B,two,2.5\nd,D,,\n");
		assertThat(counts(status)).isEqualTo(List.of(3L, 1L, 1L, 1L, 0L, 0L));
	}

	@Test
	void noPhaseIsSeenWithTheRowsOfTheOneBefore() throws Exception {
		this.catalogue.execute("CREATE TABLE seen AS SELECT rows_read, percent FROM import_progress LIMIT 0");
		this.catalogue.execute("""
				CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
				  IF NEW.status = 'importing' AND OLD.status <> 'importing' THEN
				    INSERT INTO seen SELECT rows_read, percent FROM import_progress WHERE run_id = NEW.id;
				  END IF;
				  RETURN NULL;
				END $$""");
		// at the commit, so it sees what others see from then on
		this.catalogue.execute("""
				CREATE CONSTRAINT TRIGGER see AFTER UPDATE OF status ON import_run
				DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION see()""");
		try {
			importing("sku,name\na,A\nb,B\n");
			assertThat(this.catalogue.text("SELECT string_agg(rows_read || ' of ' || percent, ',') FROM seen"))
				.isEqualTo("0 of 20.00");
		}
		finally {
			this.catalogue.execute("DROP FUNCTION see() CASCADE");
			this.catalogue.execute("DROP TABLE seen");
		}
	}

	@Test
	void zerosBehindAPriceCountForNothingHoweverMany() throws Exception {
		String zeros = "0".repeat(20_000);
		importing("sku,name,price\na,A,1.5" + zeros + "\n");
		JsonNode status = importing("sku,name,price\na,A,1.5" + zeros + "\nb,B,2." + zeros + "\n");
		assertThat(counts(status)).isEqualTo(List.of(2L, 1L, 0L, 1L, 0L, 0L));
		assertThat(this.catalogue.text("SELECT string_agg(sku || price, ' ' ORDER BY sku) FROM product"))
			.isEqualTo("a1.50 b2.00");
	}

	@Test
	void anAbsentColumnAndAnEmptyCellLeaveTheFieldAsItIs() throws Exception {
		importing("sku,name,description,price\na,A,one,1.00\nb,B,two,2.00\n");
		JsonNode status = importing("name,sku\nAA,a\nB,b\n");
		assertThat(counts(status)).isEqualTo(List.of(2L, 0L, 1L, 1L, 0L, 0L));
		importing("sku,name,description,price\nb,B,,7\n");
		assertThat(this.catalogue
			.text("SELECT string_agg(concat_ws('|', sku, name, description, price), ' ' ORDER BY sku) FROM product"))
			.isEqualTo("a|AA|one|1.00 b|B|two|7.00");
	}

	@Test
	void refusedRowsComeBackWithTheirColumnsAndReasons() throws Exception {
		String task = this.client.upload(Files.writeString(this.directory.resolve("bad.csv"), """
				sku,name,colour,price
				a,A,red,1.00
				,,=cmd,-1
				c,C,"blue
				and green",12 EUR
				d,D
				"""));
		assertThat(counts(this.client.await(task))).isEqualTo(List.of(4L, 1L, 0L, 0L, 0L, 3L));
		List<Map<String, String>> rows = new ArrayList<>();
		try (CsvReader<NamedCsvRecord> csv = CsvReader.builder()
			.ofNamedCsvRecord(this.client.get("/upload/errors/" + task).body())) {
			csv.forEach((row) -> rows.add(row.getFieldsAsMap()));
		}
		assertThat(rows)
			.extracting((row) -> String.join("/", row.get("sku"), row.get("colour"), row.get("price"), row.get("line"),
					row.get("column"), row.get("value"), row.get("code")))
			.containsExactly("/'=cmd/'-1/3/sku//sku_missing", "/'=cmd/'-1/3/name//name_missing",
					"/'=cmd/'-1/3/price/'-1/price_negative",
					"c/blue\nand green/12 EUR/4/price/12 EUR/price_not_a_number", "d///6///too_few_cells");
		assertThat(rows).allSatisfy((row) -> assertThat(row.get("reason")).isNotBlank());
	}

	@Test
	void aFileOfRefusedRowsIsAcceptedAsItIsOnceItIsCorrected() throws Exception {
		String task = this.client.upload(Files.writeString(this.directory.resolve("bad.csv"),
				"sku;name;price\n-1;-20% set;x\n=2;'=quoted;x\n'3;it's plain;x\n"));
		this.client.await(task);
		String refused = this.client.get("/upload/errors/" + task).body();
		assertThat(refused).contains("'-1;'-20% set;x;2;price;x;price_not_a_number;", "'=2;''=quoted;x;",
				"'3;it's plain;x;");
		importing(refused.replace(";x;", ";1.00;"));
		assertThat(this.catalogue.text("SELECT string_agg(sku || '|' || name, E'\\n' ORDER BY sku) FROM product"))
			.isEqualTo("'3|it's plain\n-1|-20% set\n=2|'=quoted");
	}

	@Test
	void filesAreImportedInTheOrderInWhichTheyCame() throws Exception {
		List<String> tasks = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			tasks.add(this.client.upload(
					Files.writeString(this.directory.resolve(i + ".csv"), "sku,name\n" + "x,Name %d\n".formatted(i))));
		}
		tasks.forEach(this.client::await);
		assertThat(this.catalogue.text("SELECT name FROM product")).isEqualTo("Name 4");
		JsonNode history = this.client.json("/upload");
		assertThat(history.get("items").get(0).get("task_id").asString()).isEqualTo(tasks.get(4));
		assertThat(history.get("total").asLong()).isGreaterThanOrEqualTo(5);
	}

	@ParameterizedTest
	@MethodSource("productimporter.imports.ImportCase#all")
	void anEdgeCaseHasItsOutcome(ImportCase edge) {
		if (!edge.catalogue().isEmpty()) {
			this.catalogue
				.execute("INSERT INTO product (id, sku, name, description, price) SELECT gen_random_uuid(), v.* "
						+ "FROM (VALUES " + edge.catalogue() + ") AS v");
		}
		var response = this.client.post(edge.filename(), edge.content(), edge.options());
		if (edge.refusal() != null) {
			assertThat(response.statusCode()).isEqualTo(422);
			assertThat(this.client.parse(response.body()).get("code").asString()).isEqualTo(edge.refusal());
			assertThat(this.catalogue.count("import_run WHERE status = 'queued'")).isZero();
			return;
		}
		assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
		String task = this.client.parse(response.body()).get("task_id").asString();
		if (edge.question() != null) {
			JsonNode waiting = this.client.status(task);
			assertThat(waiting.get("status").asString()).isEqualTo("needs_input");
			assertThat(waiting.get("error_code").asString()).isEqualTo(edge.question());
			assertThat(this.client.parse(response.body()).get("question").get("code").asString())
				.isEqualTo(edge.question());
			return;
		}
		JsonNode status = this.client.await(task);
		assertThat(status.get("status").asString()).isEqualTo((edge.failure() != null) ? "failed" : "completed");
		if (edge.failure() != null) {
			assertThat(status.get("error_code").asString()).isEqualTo(edge.failure());
			assertThat(status.get("error").asString()).isNotBlank();
			assertThat(this.catalogue.count("product")).isZero();
			return;
		}
		assertThat(this.catalogue
			.text("""
					SELECT coalesce(string_agg(concat_ws('|', sku, CASE WHEN length(name) > 50 THEN length(name)::text ELSE name END,
					    CASE WHEN length(description) > 50 THEN length(description)::text ELSE description END, price), E'\\n'
					    ORDER BY sku COLLATE "C"), '')
					FROM product""")
			.replace("\r", "\\r")).isEqualTo(edge.products());
		assertThat(refusals(task)).isEqualTo(edge.refused());
		assertThat(counts(status).get(4)).as("superseded").isEqualTo(edge.superseded());
	}

	@Test
	void theAnswerAndThePageSayWhichSheetOfAWorkbookIsImported() throws Exception {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (Workbook workbook = new Workbook(bytes, "tests", "1.0")) {
			for (String name : List.of("Prices <1>", "Notes")) {
				Worksheet sheet = workbook.newWorksheet(name);
				sheet.value(0, 0, "sku");
				sheet.value(0, 1, "name");
				sheet.value(1, 0, "007");
				sheet.value(1, 1, name);
			}
		}
		JsonNode answer = this.client.parse(this.client.post("p.xlsx", bytes.toByteArray(), Map.of()).body());
		assertThat(answer.get("unpacked").get("container").asString()).isEqualTo("xlsx");
		assertThat(answer.get("unpacked").get("part").asString()).isEqualTo("Prices <1>");
		assertThat(answer.get("unpacked").get("left_out").asInt()).isOne();
		String task = answer.get("task_id").asString();
		this.client.await(task);
		assertThat(this.catalogue.text("SELECT sku || '|' || name FROM product")).isEqualTo("007|Prices <1>");
		assertThat(this.client.get("/ui/uploads/" + task).body()).contains("<dt>Sheet</dt>", "Prices &lt;1&gt;",
				"1 other is not imported");
	}

	@Test
	void anUploadThatCannotBeImportedLeavesNothingBehind() {
		var response = this.client.post("x.csv", "sku,name\n".getBytes(StandardCharsets.UTF_8),
				Map.of("mode", "creates"));
		assertThat(response.statusCode()).isEqualTo(422);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(this.client.parse(response.body()).get("field").asString()).isEqualTo("mode");
		assertThat(this.catalogue.count("import_run WHERE status = 'queued'")).isZero();
	}

	@Test
	void whatIsNotThereIsSaid() {
		assertThat(this.client.get("/upload/status/00000000-0000-0000-0000-000000000000").statusCode()).isEqualTo(404);
		assertThat(this.client.post("/upload/retry/00000000-0000-0000-0000-000000000000").statusCode()).isEqualTo(404);
		assertThat(this.client.get("/upload?pag=2").statusCode()).isEqualTo(400);
	}

	@Test
	void aCompletedRunIsNeitherRetriedNorStopped() throws Exception {
		String task = importing("sku,name\na,A\n").get("task_id").asString();
		assertThat(this.client.post("/upload/retry/" + task).statusCode()).isEqualTo(409);
		assertThat(this.client.post("/upload/stop/" + task).statusCode()).isEqualTo(409);
	}

	private JsonNode importing(String csv) throws Exception {
		return this.client.await(this.client.upload(Files.writeString(this.directory.resolve("some.csv"), csv)));
	}

	/** Refusals as {@code line code}, in the order of the file. */
	private String refusals(String task) {
		String csv = this.client.get("/upload/errors/" + task).body();
		// the delimiter is that of the uploaded file
		char delimiter = csv.charAt(csv.indexOf("line") - 1);
		try (Stream<NamedCsvRecord> rows = CsvReader.builder()
			.fieldSeparator(delimiter)
			.ofNamedCsvRecord(csv)
			.stream()) {
			return String.join("\n", rows.map((row) -> row.getField("line") + " " + row.getField("code")).toList());
		}
	}

	/** Read, created, updated, unchanged, superseded, rejected. */
	private static List<Long> counts(JsonNode status) {
		return Stream.of("rows_read", "created", "updated", "unchanged", "superseded", "rejected")
			.map((name) -> status.get(name).asLong())
			.toList();
	}

}
