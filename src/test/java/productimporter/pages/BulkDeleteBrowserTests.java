package productimporter.pages;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.Keys;

import org.springframework.test.context.TestPropertySource;

import productimporter.HeldTable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many products deleted at once, in a browser.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestPropertySource(properties = "importer.bulk-delete.chunk-size=100")
class BulkDeleteBrowserTests extends PagesTest {

	private Browser browser;

	@BeforeAll
	void startBrowser() {
		this.browser = new Browser(this.port);
	}

	@AfterAll
	void quitBrowser() {
		if (this.browser != null) {
			this.browser.close();
		}
	}

	@BeforeEach
	void empty() {
		this.jdbc.sql("TRUNCATE product").update();
		this.browser.width(1440);
		this.browser.preferDark(false);
		this.browser.complaints();
	}

	@Test
	void allProductsAreDeletedOnceTheirNumberIsTypedAndThePageOneIsOnByThenSaysSo() throws Exception {
		fill("item", 1_500, true);
		this.browser.open("/ui/products?sku=item-0001");
		this.browser.click("#bulk-delete");
		this.browser.waitFor("dialog[open]", "Delete all 1,500 products?");
		assertThat(this.browser.text("dialog[open]")).contains("Are you sure? This cannot be undone.",
				"Every product, whatever the list shows", "more than 1,000 products");
		assertThat(this.browser.script("return document.activeElement.id")).isEqualTo("confirm");
		assertThat(this.browser.find("#do-delete").isEnabled()).isFalse();
		this.browser.find("#confirm").sendKeys("150");
		assertThat(this.browser.find("#do-delete").isEnabled()).isFalse();
		try (HeldTable held = heldProducts()) {
			this.browser.find("#confirm").sendKeys(Keys.BACK_SPACE, Keys.BACK_SPACE, ",500", Keys.ENTER);
			this.browser.waitFor("#toasts", "Deleting 1,500 products");
			this.browser.waitFor("#running-chip", "Deleting…");
			assertThat(this.browser.shows("dialog")).isFalse();
			this.browser.open("/ui/jobs");
			this.browser.waitFor("#jobs", "Deleting…");
			this.browser.click("#running-chip");
			this.browser.waitFor("h1", "All products");
			this.browser.waitFor("#progress", "of 1,500 products deleted");
			this.browser.open("/");
			this.browser.waitFor("#running-chip", "Deleting…");
		}
		this.browser.waitFor("#toasts", "All products: Deleted 1,500 products");
		assertThat(this.browser.find("#toasts a").getAttribute("href")).contains("/ui/jobs/");
		this.browser.waitUntil(() -> !this.browser.shows("#running-chip"));
		this.browser.waitFor("#figures", "Products 0");
		this.browser.waitFor("#recent", "Deleted 1,500 products");
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void allThatMatchAreSelectedDeletedAndGoneFromTheList() {
		fill("old", 120, false);
		fill("new", 3, true);
		this.browser.open("/ui/products?active=false");
		this.browser.click("[data-select-all]");
		this.browser.waitFor("#selected", "50 selected on this page");
		this.browser.click("#select-matching");
		this.browser.waitFor("#selected", "All 120 that match are selected");
		this.browser.click("[data-select-none]");
		assertThat(this.browser.shows("#selected")).isFalse();
		this.browser.click("tr:nth-child(2) input[name=id]");
		this.browser.click("#select-matching");
		this.browser.click("#bulk-delete-matching");
		this.browser.waitFor("dialog[open]", "Delete 120 products?");
		assertThat(this.browser.text("dialog[open]")).contains("Inactive only");
		product("old-late", false);
		this.browser.click("#do-delete");
		this.browser.waitFor("dialog[open]", "The number has changed It was 120");
		this.browser.waitFor("dialog[open]", "Delete 121 products?");
		this.browser.click("#do-delete");
		this.browser.waitFor("#toasts", "Inactive only: Deleted 121 products");
		this.browser.waitFor("#products", "No product matches");
		assertThat(count()).isEqualTo(3);
		assertThat(this.browser.complaints()).allMatch((line) -> line.contains("status of 409"));
	}

	@Test
	void whatFiltersMeanIsTextEverywhere() {
		fill("x", 2, true);
		String name = "<script>alert(1)</script> =HYPERLINK(\"http://x\") 𠜎🦊 حقيبة";
		this.jdbc.sql("UPDATE product SET name = ?").param(name).update();
		this.browser.open("/ui/products");
		this.browser.find("#f-name").sendKeys("<script>alert(1)</script> =HYPERLINK(\"http://x\")");
		this.browser.script(
				"const f = document.getElementById('f-name'); f.value = arguments[0]; f.dispatchEvent(new Event('input', { bubbles: true }))",
				name);
		this.browser.waitUntil(() -> this.browser.address().contains("%F0%A0%9C%8E"));
		this.browser.find("#f-price-min").sendKeys("9");
		this.browser.waitFor("#products", "No product matches");
		this.browser.find("#f-price-min").sendKeys(Keys.BACK_SPACE);
		this.browser.waitFor("#products", "1 to 2 of 2");
		String filter = this.browser.address();
		this.browser.open("/ui/products/delete-all" + filter.substring(filter.indexOf('?')));
		this.browser.waitFor("#delete-all", "Name contains “" + name + "”");
		this.browser.click("#do-delete");
		this.browser.waitFor("h1", "Name contains “" + name + "”");
		this.browser.waitFor("#progress", "Deleted 2 products");
		this.browser.open("/ui/jobs?kind=bulk_delete");
		this.browser.waitFor("#jobs", "Name contains “" + name + "”");
		this.browser.open("/");
		this.browser.waitFor("#recent", "Name contains “" + name + "”");
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void aBulkDeleteIsStoppedAndGoesOnFromItsPageAndAFailureSaysSoElsewhere() throws Exception {
		fill("item", 900, true);
		String job;
		try (HeldTable held = heldProducts()) {
			job = client().parse(client().delete("/products").body()).get("task_id").asString();
			this.browser.open("/ui/jobs/" + job);
			this.browser.click("#stop");
			this.browser.waitFor("dialog[open]", "Stop this bulk delete?");
			this.browser.click("dialog[open] .btn-danger");
			this.browser.waitFor("#phase", "Stopping…");
		}
		this.browser.waitFor("#phase", "Stopped");
		assertThat(count()).isPositive();
		this.browser.open("/ui/products");
		this.browser.waitFor("#products", "item-");
		this.jdbc.sql("""
				CREATE OR REPLACE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS
				$$ BEGIN RAISE EXCEPTION 'broken'; END $$""").update();
		this.jdbc.sql("CREATE TRIGGER broken BEFORE DELETE ON product EXECUTE FUNCTION broken()").update();
		try {
			assertThat(client().post("/jobs/" + job + "/restart").statusCode()).isEqualTo(202);
			this.browser.waitFor("#toasts", "All products: Failed. The bulk delete was tried 5 times");
		}
		finally {
			this.jdbc.sql("DROP TRIGGER broken ON product").update();
		}
		this.browser.click("#toasts a");
		this.browser.waitFor("#failure", "What was deleted is gone; the rest is untouched.");
		this.browser.click("form[action$=go-on] button");
		this.browser.waitFor("#phase", "Deleted 900 products");
		this.browser.waitFor("#attempts", "Attempt 7, completed");
		assertThat(count()).isZero();
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void dialogAndPageAreAccessibleInBothThemesAndFitATelephone() {
		fill("item", 1_100, true);
		String job = client().parse(client().delete("/products?sku=none").body()).get("task_id").asString();
		client().awaitJob(job);
		for (boolean dark : new boolean[] { false, true }) {
			for (int width : new int[] { 1440, 390 }) {
				this.browser.preferDark(dark);
				this.browser.width(width);
				this.browser.open("/ui/products?name=Item&price_min=1");
				this.browser.click("tr:nth-child(1) input[name=id]");
				this.browser.click("#select-matching");
				check("selected", dark, width);
				this.browser.click("#bulk-delete-matching");
				this.browser.waitFor("dialog[open]", "Type 1,100 to confirm");
				check("dialog", dark, width);
				this.browser.open("/ui/jobs/" + job);
				this.browser.waitFor("#phase", "Deleted 0 products");
				check("job", dark, width);
			}
		}
		assertThat(this.browser.complaints()).isEmpty();
	}

	private void check(String what, boolean dark, int width) {
		String where = what + (dark ? ", dark, " : ", light, ") + width + " px";
		assertThat(this.browser.barriers()).as(where).isEmpty();
		assertThat(this.browser.script("return document.documentElement.scrollWidth <= innerWidth")).as(where)
			.isEqualTo(true);
	}

	private long count() {
		return this.jdbc.sql("SELECT count(*) FROM product").query(Long.class).single();
	}

	private void product(String sku, boolean active) {
		this.jdbc.sql("INSERT INTO product (id, sku, name, active) VALUES (gen_random_uuid(), ?, 'Late', ?)")
			.params(List.of(sku, active))
			.update();
	}

	private void fill(String prefix, int count, boolean active) {
		this.jdbc.sql("""
				INSERT INTO product (id, sku, name, price, active)
				SELECT gen_random_uuid(), :prefix || '-' || lpad(i::text, 4, '0'), 'Item ' || i, i, :active
				FROM generate_series(1, :count) AS i""")
			.param("prefix", prefix)
			.param("count", count)
			.param("active", active)
			.update();
	}

}
