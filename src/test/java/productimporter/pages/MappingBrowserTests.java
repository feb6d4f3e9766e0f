package productimporter.pages;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;

import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A file whose columns have to be told, as someone sees it who tells them.
 */
class MappingBrowserTests extends PagesTest {

	private static final String FILE = """
			Nr;Was;Text;Wieviel;Lager
			kt-9001;Wasserkocher;<script>alert(1)</script>;1.234;5
			kt-9002;Tasse;;2.345;0
			""";

	private Browser browser;

	@BeforeEach
	void start() {
		this.browser = new Browser(this.port);
	}

	@AfterEach
	void stop() {
		this.browser.close();
	}

	@Test
	void columnsAreChosenTriedInADryRunAndImported() throws Exception {
		this.browser.open("/");
		this.browser.choose(file("lager.csv", FILE));
		this.browser.waitFor("#sent-list .sent-state", "Waiting for your answer");
		this.browser.waitFor("#live", "lager.csv");
		assertThat(this.browser.barriers()).isEmpty();
		this.browser.click("#sent-list .sent-open");
		this.browser.waitFor("h1", "Check the columns");
		assertThat(this.browser.text("#question")).contains("Choose them below");
		assertThat(this.browser.text("#preview")).contains("First 2 rows of the file", "<script>alert(1)</script>");
		assertThat(this.browser.barriers()).isEmpty();
		this.browser.picture("mapping");
		select("m-sku", "Nr");
		select("m-name", "Was");
		select("m-description", "Text");
		select("m-price", "Wieviel");
		this.browser.click("#start");
		// the prices can be read in two ways, and it was not said in which
		this.browser.waitFor("[role=alert]", "That can't be done");
		assertThat(this.browser.text("[role=alert]")).contains("1.234");
		assertThat(value("m-price")).isEqualTo("Wieviel");
		selectFormat("decimal", ",");
		assertThat(value("m-price")).isEqualTo("Wieviel");
		this.browser.script("document.getElementById('save_as').value = 'Stock list'");
		this.browser.click("#dry-run");
		this.browser.waitFor("#phase", "Dry run done");
		this.browser.waitFor("#diff", "kt-9001");
		assertThat(this.browser.text("#progress .counts"))
			.isEqualTo("Would create 2 Would update 0 Unchanged 0 Superseded 0 Would refuse 0");
		assertThat(this.browser.text("#diff tbody")).contains("kt-9001 Create Price (none)", "1234.00",
				"<script>alert(1)</script>");
		assertThat(client().json("/products?sku=kt-900").get("items")).isEmpty();
		assertThat(this.browser.barriers()).isEmpty();
		this.browser.picture("dry-run");
		this.browser.width(390);
		this.browser.picture("dry-run-390");
		this.browser.width(1440);
		this.browser.click("#import-it");
		this.browser.waitFor("#phase", "Completed");
		assertThat(this.browser.text("#progress .counts")).startsWith("Created 2");
		assertThat(client().json("/products?sku=kt-9002").get("items").get(0).get("price").asDouble()).isEqualTo(2345);
		// the form that came back says what is wrong by its status, too
		assertThat(this.browser.complaints()).allMatch((complaint) -> complaint.contains("status of 422"));
	}

	@Test
	void aProfileIsFoundByTheColumnsOfTheNextFile() throws Exception {
		this.browser.open("/");
		this.browser.script("document.getElementById('review').click()");
		this.browser.choose(file("first.csv", FILE.replace("kt-9", "kt-8").replace("Lager", "Regal")));
		this.browser.click("#sent-list .sent-open");
		this.browser.waitFor("h1", "Check the columns");
		selectFormat("decimal", ",");
		select("m-sku", "Nr");
		select("m-name", "Was");
		select("m-description", "Text");
		select("m-price", "Wieviel");
		this.browser.script("document.getElementById('save_as').value = 'Shelf list'");
		this.browser.click("#start");
		this.browser.waitFor("#phase", "Completed");
		assertThat(this.browser.text("#file-facts")).contains("Column of the SKU Nr", "Decimal mark Comma");

		this.browser.open("/");
		this.browser.choose(file("second.csv", "Nr;Was;Text;Wieviel;Regal\nkt-8003;Teller;;3.456;1\n"));
		this.browser.click("#sent-list .sent-open");
		this.browser.waitFor("#profile-used", "What stands below is from Shelf list");
		assertThat(value("m-name")).isEqualTo("Was");
		assertThat(value("decimal")).isEqualTo(",");
		this.browser.click("#start");
		this.browser.waitFor("#phase", "Completed");
		assertThat(client().json("/products?sku=kt-8003").get("items").get(0).get("price").asDouble()).isEqualTo(3456);
		this.browser.open("/ui/profiles");
		assertThat(this.browser.text("main")).contains("Shelf list", "decimal=,");
		assertThat(this.browser.barriers()).isEmpty();
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void anotherDelimiterCutsThePreviewAnew() throws Exception {
		this.browser.open("/");
		this.browser.script("document.getElementById('review').click()");
		this.browser.choose(file("cut.csv", "sku,name|sku\na,b|c\n"));
		this.browser.click("#sent-list .sent-open");
		this.browser.waitFor("#preview", "name|sku");
		select("delimiter", "|");
		this.browser.waitFor("#preview", "sku,name");
		select("delimiter", ",");
		this.browser.waitFor("#preview", "name|sku");
		this.browser.width(390);
		this.browser.picture("mapping-390");
		assertThat(this.browser.barriers()).isEmpty();
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void pricesAreShownAsTheyWillBeReadAndFollowTheChoices() throws Exception {
		this.browser.open("/");
		this.browser.script("document.getElementById('review').click()");
		this.browser.choose(file("prices.csv", """
				sku;name;price;cost
				a;A;49,90;1
				b;B;1.234,50;2,5
				c;C;ask;
				"""));
		this.browser.click("#sent-list .sent-open");
		this.browser.waitFor("#sample", "49,90 → 49.90");
		assertThat(this.browser.text("#sample")).contains("1.234,50 → 1234.50", "ask → not a price")
			.doesNotContain("2,5 →");
		this.browser.picture("mapping-prices");
		assertThat(this.browser.barriers()).isEmpty();
		this.browser.width(390);
		this.browser.script("document.getElementById('sample').scrollIntoView()");
		this.browser.picture("mapping-prices-390");
		this.browser.width(1440);
		selectFormat("decimal", ".");
		assertThat(this.browser.text("#sample")).contains("49,90 → not a price", "1.234,50 → not a price");
		selectFormat("decimal", ",");
		select("m-price", "cost");
		this.browser.waitFor("#sample", "2,5 → 2.50");
		assertThat(this.browser.text("#sample")).contains("1 → 1.00").doesNotContain("49.90");
		assertThat(this.browser.text("#first-price")).isEqualTo("1");
		assertThat(this.browser.text("#unused")).isEqualTo("One column is not used: price.");
		assertThat(value("m-price")).isEqualTo("cost");
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void ofAWorkbookOnlyIsAskedWhatItLeavesOpenAndAnAnswerKeepsWhatIsClearedByField() throws Exception {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (Workbook workbook = new Workbook(bytes, "tests", "1.0")) {
			Worksheet sheet = workbook.newWorksheet("Prices");
			for (int i = 0; i < 4; i++) {
				sheet.value(0, i, List.of("sku", "name", "description", "price").get(i));
			}
			sheet.value(1, 0, "wb-1");
			sheet.value(1, 1, "Tea; green");
			sheet.value(1, 3, "12,50");
		}
		// a profile of a CSV file with the same columns says of text what a workbook is
		// not
		client().put("/profiles/Tabs", "{\"delimiter\": \"tab\", \"quote\": \"none\", \"mode\": \"create\"}");
		String task = client()
			.parse(client()
				.post("wb.xlsx", bytes.toByteArray(),
						Map.of("review", "always", "blank", "{\"price\": \"keep\", \"description\": \"clear\"}"))
				.body())
			.get("task_id")
			.asString();
		this.browser.open("/ui/uploads/" + task + "/mapping?profile=Tabs");
		this.browser.waitFor("#sample", "12,50 → 12.50");
		assertThat(this.browser.text("#format")).doesNotContain("encoding", "separated", "quoted")
			.contains("Decimal mark", "First row");
		assertThat(this.browser.script("return document.querySelector('[name=blank]:checked').value"))
			.isEqualTo("{\"description\": \"clear\"}");
		assertThat(this.browser.text("fieldset")).contains("Clear only the description", "Clear only the price");
		this.browser.picture("mapping-workbook");
		assertThat(this.browser.barriers()).isEmpty();
		this.browser.width(390);
		this.browser.picture("mapping-workbook-390");
		this.browser.width(1440);
		this.browser.click("#start");
		this.browser.waitFor("#phase", "Completed");
		assertThat(this.browser.text("#file-facts"))
			.contains("Blank cells Clear the stored description", "Products Only new ones are created")
			.doesNotContain("Encoding");
		assertThat(client().json("/products?sku=wb-1").get("items").get(0).get("name").asString())
			.isEqualTo("Tea; green");
		assertThat(client().postForm("/upload/again/" + task, "delimiter=%3B").statusCode()).isEqualTo(422);
		assertThat(this.browser.complaints()).isEmpty();
	}

	/** Waits until the preview has been drawn anew. */
	private void selectFormat(String id, String value) {
		this.browser.script("document.getElementById('preview').dataset.old = 'true'");
		select(id, value);
		this.browser.waitUntil(() -> !this.browser.shows("#preview[data-old]"));
	}

	/** Chooses, and waits until what follows from it is shown. */
	private void select(String id, String value) {
		this.browser.script("""
				const select = document.getElementById(arguments[0]);
				select.value = arguments[1];
				select.dispatchEvent(new Event('change', { bubbles: true }));""", id, value);
		this.browser.waitUntil(
				() -> this.browser.script("return document.querySelector('.htmx-request') === null").equals(true));
	}

	private Object value(String id) {
		return this.browser.script("return document.getElementById(arguments[0]).value", id);
	}

}
