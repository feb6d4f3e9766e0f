package productimporter.products;

import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import productimporter.ImporterClient;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ProductExportTests extends ProductsTest {

	private static final String[] PIECES = { "=", "+", "-", "@", "'", "''", "\t", "\r", "\n", "\r\n", "\"", ",", ";",
			"|", " ", "0", "007", "1e5", "é", "€", "\uD83D\uDE00", "\u00A0", "#", "\\", "a", "SUM(A1)", "\uFEFF" };

	@Test
	void everyFilterOfTheListHoldsForTheExport() {
		create(Map.of("sku", "kt-1", "name", "Kettle", "description", "Steel", "price", 49.9));
		create(Map.of("sku", "kt-2", "name", "Kettle", "active", false));
		create(Map.of("sku", "mg-1", "name", "Mug", "price", 5));
		HttpResponse<String> all = get("/products/export");
		assertThat(all.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
		assertThat(all.headers().firstValue("Content-Disposition").orElseThrow())
			.matches("attachment; filename=\"products-\\d{4}-\\d\\d-\\d\\d\\.csv\"");
		assertThat(all.body()).startsWith(
				"sku,name,description,price,active,updated_at,formulas_escaped\r\nkt-1,Kettle,Steel,49.90,true,20");
		assertThat(exported("")).containsExactly("kt-1", "kt-2", "mg-1");
		assertThat(exported("?sku=KT&active=true")).containsExactly("kt-1");
		assertThat(exported("?name=kett")).containsExactly("kt-1", "kt-2");
		assertThat(exported("?price_max=10&price_min=1")).containsExactly("mg-1");
		assertThat(exported("?updated_since=2099-01-01T00:00:00Z")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "nmae=x", "sku=", "sort=name", "page=2", "active=maybe", "price_min=x" })
	void whatTheListDoesNotFilterByIsRefused(String query) {
		assertThat(get("/products/export?" + query).statusCode()).isEqualTo(400);
	}

	@Test
	void pagesFollowEachOtherWithoutAGap() {
		fill(4_321);
		assertThat(exported("")).hasSize(4_321).isSorted().doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void importedUneditedNothingChanges(int seed) {
		Random random = new Random(seed);
		for (int i = 0; i < 150; i++) {
			Map<String, Object> product = new HashMap<>();
			product.put("sku", word(random).replaceAll("[\\t\\r\\n]", "") + "00" + i);
			product.put("name", word(random) + "x" + word(random));
			product.put("description",
					(random.nextInt(4) > 0) ? "'".repeat(random.nextInt(3)) + word(random) + "y" : null);
			product.put("price", (random.nextInt(3) > 0) ? random.nextInt(100_000) + "." + random.nextInt(10) : null);
			product.put("active", random.nextBoolean());
			create(product);
		}
		String before = versions();
		JsonNode status = importing(get("/products/export").body());
		assertThat(status.get("unchanged").asInt()).as(status.toString()).isEqualTo(150);
		assertThat(status.get("rows_read").asInt()).isEqualTo(150);
		assertThat(versions()).isEqualTo(before);
	}

	@Test
	void formulasAreInertInTheFileAndComeBackAsTheyWere() {
		List<String> names = List.of("=1+1", "'=1+1", "''=1+1", "'it''s plain", "-5% set", "+49 30", "@home", "\tTab",
				"0049", "two\nlines", "\r\nthree", "say \"=x\"", "' =spaced");
		names.forEach((name) -> create(Map.of("sku", "=s" + names.indexOf(name), "name", name)));
		String csv = get("/products/export").body();
		assertThat(csv).contains("'=s0,'=1+1,", "'=s1,''=1+1,", "'=s2,'''=1+1,", "'=s3,'it''s plain,");
		assertThat(csv.lines()).noneMatch((line) -> line.matches("[=+@-].*|.*,[=+@-].*"));
		assertThat(importing(csv).get("unchanged").asInt()).isEqualTo(names.size());
		this.jdbc.sql("TRUNCATE product").update();
		assertThat(importing(csv).get("created").asInt()).isEqualTo(names.size());
		assertThat(this.jdbc.sql("SELECT name FROM product").query(String.class).list())
			.containsExactlyInAnyOrderElementsOf(names);
	}

	@Test
	void aRowOfAnEditedExportThatIsRefusedComesBackAsItWasOnceItIsCorrected() {
		create(Map.of("sku", "=s", "name", "'=n", "price", 1));
		ImporterClient client = new ImporterClient(this.port);
		JsonNode status = importing(get("/products/export").body().replace(",1.00,", ",1 EUR,"));
		assertThat(status.get("rejected").asInt()).isEqualTo(1);
		String refused = client.get("/upload/errors/" + status.get("task_id").asString()).body();
		assertThat(importing(refused.replace("1 EUR,true", "1.00,true")).get("unchanged").asInt()).isEqualTo(1);
	}

	@Test
	void aReaderWhoIsSlowHoldsNoTransactionOpen() throws Exception {
		this.jdbc.sql("""
				INSERT INTO product (id, sku, name, description)
				SELECT gen_random_uuid(), 'big-' || lpad(i::text, 3, '0'), 'Big', repeat(md5(i::text), 32768)
				FROM generate_series(1, 40) AS i""").update();
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.getOutputStream()
				.write("GET /products/export HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
					.getBytes(StandardCharsets.US_ASCII));
			InputStream in = socket.getInputStream();
			assertThat(in.readNBytes(1 << 20)).hasSize(1 << 20);
			await().until(() -> this.jdbc.sql("""
					SELECT count(*) FROM pg_stat_activity
					WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL""")
				.query(Integer.class)
				.single() == 0);
			long rest = in.transferTo(java.io.OutputStream.nullOutputStream());
			assertThat(rest + (1 << 20)).isGreaterThan(40L << 20);
		}
	}

	private JsonNode importing(String csv) {
		ImporterClient client = new ImporterClient(this.port);
		HttpResponse<String> response = client.post("products.csv", csv.getBytes(StandardCharsets.UTF_8), Map.of());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
		JsonNode accepted = JSON.readTree(response.body());
		assertThat(accepted.get("ignored_columns").toString()).doesNotContain("formulas_escaped");
		return client.await(accepted.get("task_id").asString());
	}

	private List<String> exported(String query) {
		HttpResponse<String> response = get("/products/export" + query);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(response.body())) {
			return csv.stream().map((row) -> row.getField("sku")).toList();
		}
		catch (java.io.IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	private String versions() {
		return this.jdbc.sql("SELECT string_agg(sku || xmin || updated_at, ',' ORDER BY sku) FROM product")
			.query(String.class)
			.single();
	}

	private static String word(Random random) {
		StringBuilder word = new StringBuilder();
		for (int i = random.nextInt(6); i >= 0; i--) {
			word.append(PIECES[random.nextInt(PIECES.length)]);
		}
		return word.toString();
	}

}
