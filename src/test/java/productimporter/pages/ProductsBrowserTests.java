package productimporter.pages;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The list of products as people use it.
 */
class ProductsBrowserTests extends PagesTest {

	private Browser browser;

	@BeforeEach
	void start() {
		this.browser = new Browser(this.port);
		this.jdbc.sql("TRUNCATE product").update();
	}

	@AfterEach
	void stop() {
		this.browser.close();
	}

	@Test
	void theListIsFilteredAsOneTypesAndSortedByItsHeaders() {
		fill(120);
		product("mug-1", "Mug");
		this.browser.open("/ui/products");
		this.browser.find("#f-name").sendKeys("MUG");
		this.browser.waitFor("#products", "mug-1");
		this.browser.waitUntil(() -> !this.browser.text("#products").contains("item-001"));
		assertThat(this.browser.address()).isEqualTo("/ui/products?name=MUG");
		assertThat(this.browser.script("return document.activeElement.id")).isEqualTo("f-name");
		this.browser.back();
		this.browser.waitFor("#products", "item-001");
		assertThat(this.browser.find("#f-name").getAttribute("value")).isEmpty();

		this.browser.click("#sort-price");
		this.browser.waitFor("th[aria-sort=ascending]", "Price");
		this.browser.click("#sort-price");
		this.browser.waitFor("th[aria-sort=descending]", "Price");
		assertThat(this.browser.text("#products tbody tr:first-child")).contains("item-120");
		this.browser.click("#products-next");
		this.browser.waitFor("#products", "51 to 100 of 121");
		this.browser.find("#f-sku").sendKeys("item-1");
		this.browser.waitFor("#products", "1 to 21 of 21");
		assertThat(this.browser.address()).isEqualTo("/ui/products?sku=item-1&sort=-price");
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void aRowIsEditedInItsPlaceAndSaysWhatIsWrong() {
		product("lp-2210", "Lamp, brass");
		this.browser.open("/ui/products");
		this.browser.click("a[id^=edit-]");
		WebElement price = this.browser.find("tr.edit input[name=price]");
		this.browser.waitUntil(() -> "name".equals(this.browser.script("return document.activeElement.name")));
		price.clear();
		price.sendKeys("1.29O", Keys.ENTER);
		this.browser.waitFor("tr.edit", "Price is not a number");
		this.browser.waitUntil(() -> "price".equals(this.browser.script("return document.activeElement.name")));
		this.browser.find("tr.edit input[name=price]").clear();
		this.browser.find("tr.edit input[name=price]").sendKeys("1290", Keys.ENTER);
		this.browser.waitFor("#products tbody", "1,290.00");
		assertThat(this.browser.shows("tr.edit")).isFalse();
		assertThat(this.browser.script("return document.activeElement.id.startsWith('edit-')")).isEqualTo(true);
		assertThat(this.jdbc.sql("SELECT name FROM product").query(String.class).single()).isEqualTo("Lamp, brass");

		this.browser.click("a[id^=edit-]");
		this.browser.find("tr.edit input[name=name]").sendKeys(" gone", Keys.ESCAPE);
		this.browser.waitUntil(() -> !this.browser.shows("tr.edit"));
		assertThat(this.browser.text("#products tbody")).contains("Lamp, brass").doesNotContain("gone");

		this.browser.click("button[id^=active-]");
		this.browser.waitFor("#products tbody", "Inactive");
		assertThat(this.browser.complaints()).allMatch((line) -> line.contains("status of 422"));
	}

	@Test
	void aProductIsAddedChangedAndDeletedInDialogs() {
		product("taken", "<script>alert(1)</script>");
		this.browser.open("/ui/products");
		this.browser.click("#add-product");
		this.browser.find("dialog[open] #e-price").sendKeys("-1", Keys.ENTER);
		this.browser.waitFor("dialog[open]", "SKU is missing");
		assertThat(this.browser.text("dialog[open]")).contains("Name is missing", "Price is negative");
		this.browser.waitUntil(() -> "e-sku".equals(this.browser.script("return document.activeElement.id")));
		this.browser.find("#e-sku").sendKeys("TAKEN");
		this.browser.find("#e-name").sendKeys("حقيبة");
		this.browser.find("#e-price").sendKeys(Keys.BACK_SPACE, Keys.BACK_SPACE, "5", Keys.ENTER);
		this.browser.waitFor("dialog[open]", "SKU is taken");
		this.browser.find("#e-sku").sendKeys(Keys.END, "-2", Keys.ENTER);
		this.browser.waitFor("#products", "taken-2");
		assertThat(this.browser.shows("dialog")).isFalse();
		this.browser.waitFor("#toasts", "taken-2: added");
		assertThat(this.browser.script("return document.activeElement.id")).isEqualTo("add-product");

		this.browser.click("a[id^=open-]");
		this.browser.find("dialog[open] #e-description").sendKeys("Mine");
		this.jdbc.sql("UPDATE product SET price = 79.5, updated_at = now() WHERE sku = 'taken'").update();
		this.browser.click("dialog[open] .btn-primary");
		this.browser.waitFor("dialog[open]", "Someone else changed this product at");
		assertThat(this.browser.text("dialog[open] .note")).contains("Price is now 79.50");
		assertThat(this.browser.find("#e-description").getAttribute("value")).isEqualTo("Mine");
		this.browser.click("dialog[open] .btn-primary");
		this.browser.waitFor("#products", "Mine");

		this.browser.click("a[id^=delete-]");
		this.browser.waitFor("dialog[open]", "Delete 1 product?");
		this.browser.find("dialog[open]").sendKeys(Keys.ESCAPE);
		this.browser.waitUntil(() -> !this.browser.shows("dialog"));
		assertThat(this.browser.script("return document.activeElement.id.startsWith('delete-')")).isEqualTo(true);
		this.browser.click("[data-select-all]");
		assertThat(this.browser.text("#selected")).contains("2 selected on this page");
		this.browser.click("#delete-selected");
		this.browser.waitFor("dialog[open]", "Delete 2 products?");
		this.browser.click("dialog[open] .btn-danger");
		this.browser.waitFor("#products", "No products yet");
		assertThat(this.jdbc.sql("SELECT count(*) FROM product").query(Long.class).single()).isZero();
		assertThat(this.browser.complaints()).allMatch((line) -> line.matches(".*status of (409|412|422).*"));
	}

	@Test
	void whatWasTypedStaysWhenItCouldNotBeSaved() {
		this.browser.open("/ui/products");
		this.browser.click("#add-product");
		this.browser.find("dialog[open] #e-sku").sendKeys("kept");
		this.jdbc.sql("ALTER TABLE product RENAME TO product_away").update();
		try {
			this.browser.find("#e-name").sendKeys("Typed at length", Keys.ENTER);
			this.browser.waitFor("dialog[open]", "That could not be done");
		}
		finally {
			this.jdbc.sql("ALTER TABLE product_away RENAME TO product").update();
		}
		assertThat(this.browser.find("#e-name").getAttribute("value")).isEqualTo("Typed at length");
		this.browser.click("dialog[open] .btn-primary");
		this.browser.waitFor("#products", "Typed at length");
		this.browser.complaints();
	}

	@Test
	void listAndDialogsAreAccessibleInBothThemesAndFitATelephone() {
		fill(3);
		product("supplier-nordwind-000000000000918273", "<script>alert(1)</script> =HYPERLINK(\"x\") حقيبة جلد");
		for (boolean dark : new boolean[] { false, true }) {
			for (int width : new int[] { 1440, 390 }) {
				this.browser.preferDark(dark);
				this.browser.width(width);
				this.browser.open("/ui/products");
				this.browser.click("tr:nth-child(2) input[name=id]");
				this.browser.click("a[id^=edit-]");
				this.browser.find("tr.edit input[name=price]").sendKeys("x", Keys.ENTER);
				this.browser.waitFor("tr.edit", "not a number");
				check("row", dark, width);
				this.browser.click("#add-product");
				this.browser.find("dialog[open] #e-price").sendKeys("x", Keys.ENTER);
				this.browser.waitFor("dialog[open]", "SKU is missing");
				check("form", dark, width);
				this.browser.click("dialog[open] [data-close]");
				this.browser.click("#delete-selected");
				this.browser.waitFor("dialog[open]", "Delete 1 product?");
				check("delete", dark, width);
			}
		}
		assertThat(this.browser.complaints()).allMatch((line) -> line.contains("status of 422"));
	}

	private void check(String what, boolean dark, int width) {
		String where = what + (dark ? ", dark, " : ", light, ") + width + " px";
		assertThat(this.browser.barriers()).as(where).isEmpty();
		assertThat(this.browser.script("return document.documentElement.scrollWidth <= innerWidth")).as(where)
			.isEqualTo(true);
	}

	private void product(String sku, String name) {
		this.jdbc.sql("INSERT INTO product (id, sku, name) VALUES (gen_random_uuid(), ?, ?)")
			.params(List.of(sku, name))
			.update();
	}

	private void fill(int count) {
		this.jdbc.sql("""
				INSERT INTO product (id, sku, name, price)
				SELECT gen_random_uuid(), 'item-' || lpad(i::text, 3, '0'), 'Item ' || i, i
				FROM generate_series(1, ?) AS i""").param(count).update();
	}

}
