package productimporter.pages;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import productimporter.HeldTable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for every page: usable by keyboard and screen reader, in both themes, on a
 * telephone, and without a word in the browser's console.
 */
class PagesBrowserTests extends PagesTest {

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
	void everyPageIsAccessibleInBothThemesAndFitsATelephone() throws Exception {
		String long90 = "supplier-nordwind-full-catalogue-2025-week-42-corrected-final-v3-really-final-this-time.csv";
		String ended = imported(long90, csv("accessible", 60, 30));
		String running;
		try (HeldTable held = heldProducts()) {
			running = uploaded("running.csv", csv("running", 20_000, 5));
			uploaded("waiting.csv", csv("waiting", 5, 0));
			held.awaitWriters(1);
			lookAtAll("/", "/ui/jobs", "/ui/jobs?state=failed&file=nothing", "/ui/products", "/ui/uploads/" + ended,
					"/ui/uploads/" + running, "/ui/uploads/" + running + "/stop", "/ui/nothing");
			client().post("/upload/stop/" + running);
		}
		client().await(running);
		// the page that is not there is noted by the browser itself
		assertThat(this.browser.complaints()).allMatch((line) -> line.contains("/ui/nothing"));
	}

	private void lookAtAll(String... pages) {
		for (String page : pages) {
			for (boolean dark : new boolean[] { false, true }) {
				for (int width : new int[] { 1440, 390 }) {
					this.browser.preferDark(dark);
					this.browser.width(width);
					this.browser.open(page);
					String where = page + (dark ? ", dark, " : ", light, ") + width + " px";
					assertThat(this.browser.barriers()).as(where).isEmpty();
					assertThat(this.browser.script("return document.documentElement.scrollWidth <= innerWidth"))
						.as(where)
						.isEqualTo(true);
					assertThat(this.browser.script("return document.documentElement.dataset.bsTheme")).as(where)
						.isEqualTo(dark ? "dark" : "light");
				}
			}
		}
	}

	@Test
	void theThemeIsChosenAndRemembered() {
		this.browser.preferDark(false);
		this.browser.open("/");
		this.browser.click("[data-theme-toggle]");
		assertThat(theme()).isEqualTo("dark");
		this.browser.open("/ui/jobs");
		assertThat(theme()).isEqualTo("dark");
		this.browser.click("[data-theme-toggle]");
		this.browser.preferDark(true);
		this.browser.open("/");
		assertThat(theme()).as("follows the system again").isEqualTo("dark");
	}

	@Test
	void filtersAreInTheAddressAndBackWorks() {
		imported("Spring list.csv", csv("spring", 1, 0));
		imported("summer.csv", csv("summer", 1, 0));
		this.browser.open("/ui/jobs");
		this.browser.find("#f-file").sendKeys("SPRING");
		this.browser.click("form[role=search] button");
		this.browser.waitUntil(() -> !this.browser.text("#jobs").contains("summer.csv"));
		assertThat(this.browser.text("#jobs")).contains("Spring list.csv");
		assertThat(this.browser.address()).startsWith("/ui/jobs?").contains("file=SPRING");
		this.browser.back();
		this.browser.waitFor("#jobs", "summer.csv");
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void theDialogIsLeftByEscapeAndGivesTheFocusBack() throws Exception {
		try (HeldTable held = heldProducts()) {
			String run = uploaded("kept.csv", csv("kept", 5, 0));
			this.browser.open("/ui/jobs");
			String opener = "#stop-" + run;
			this.browser.waitUntil(() -> this.browser.shows(opener));
			this.browser.click(opener);
			this.browser.waitFor("dialog[open]", "Stop this import?");
			this.browser.find("dialog[open]").sendKeys(Keys.ESCAPE);
			this.browser.waitUntil(() -> !this.browser.shows("dialog"));
			assertThat(this.browser.script("return document.activeElement.id")).isEqualTo("stop-" + run);
			assertThat(client().status(run).get("status").asString()).isEqualTo("importing");
		}
	}

	private Object theme() {
		return this.browser.script("return document.documentElement.dataset.bsTheme");
	}

}
