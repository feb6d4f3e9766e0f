package productimporter.pages;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.Keys;

import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of schedules in a browser.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestPropertySource(properties = "importer.schedules.poll-interval=200ms")
class SchedulesBrowserTests extends PagesTest {

	private static final String NAME = "<script>alert(1)</script> =HYPERLINK(\"http://x\") 𠜎🦊 حقيبة";

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
		this.jdbc.sql("DELETE FROM schedule").update();
		this.jdbc.sql("DELETE FROM scheduled_delete").update();
		this.browser.width(1440);
		this.browser.preferDark(false);
		this.browser.complaints();
	}

	@Test
	void aScheduleIsAddedCorrectedRunAndSwitchedOff() {
		fill(12);
		this.browser.open("/ui/schedules");
		this.browser.waitFor("#schedules", "No schedules yet");
		write("new-cron", "0 0 25 * * *");
		this.browser.waitFor("[data-preview]", "The third field is the hour, 0 to 23.");
		write("new-cron", "0 0 3 * * SUN");
		write("new-time_zone", "Europe/Berlin");
		this.browser.waitFor("[data-preview]", "12 products match now");
		assertThat(this.browser.text("[data-preview]")).contains("Sun", "03:00",
				"Inactive only, not updated for 90 days");
		this.browser.find("#new-limit").sendKeys(Keys.ENTER);
		this.browser.waitFor("#new-schedule", "Name is missing");
		this.browser.waitUntil(() -> "new-name".equals(this.browser.script("return document.activeElement.id")));
		this.browser.script("document.activeElement.value = arguments[0]", NAME);
		this.browser.click("#new-schedule .btn-primary");
		this.browser.waitFor("#schedules", NAME);
		this.browser.waitFor("#new-schedule", "Added: " + NAME);
		assertThat(this.browser.text("#schedules")).contains("Inactive only, not updated for 90 days, at most 5,000",
				"0 0 3 * * SUN", "Europe/Berlin", "Never");

		this.browser.click("[id^=run-]");
		this.browser.waitFor("dialog[open]", "Delete 12 products now?");
		assertThat(this.browser.text("dialog[open]")).contains("Are you sure? This cannot be undone.", NAME);
		this.browser.click("dialog[open] .btn-danger");
		this.browser.waitFor("#schedules", "Deleted 12 products");
		this.browser.waitFor("#toasts", "Deleted 12 products");
		assertThat(count("product")).isEqualTo(1);

		this.browser.click("[id^=enabled-]");
		this.browser.waitFor("#schedules", "None while off");
		this.browser.click("#schedules td a[href*='/ui/jobs/']");
		this.browser.waitFor("#phase", "Deleted 12 products");
		assertThat(this.browser.complaints()).allMatch((line) -> line.contains("status of 422"));
	}

	@Test
	void aTimeThatComesIsSeenAndAHeldOneIsDecidedByHand() {
		fill(1_200);
		this.browser.open("/ui/schedules");
		write("new-name", "Season end");
		write("new-limit", "1,000");
		this.browser.click("#new-schedule .btn-primary");
		this.browser.waitFor("#schedules", "Season end");
		this.jdbc.sql("UPDATE schedule SET next_at = now()").update();
		this.jdbc.sql("UPDATE scheduled_delete SET execution_time = now()").update();
		this.browser.waitUntil(() -> count("schedule WHERE last_result = 'held'") == 1);
		this.browser.open("/ui/schedules");
		this.browser.waitFor("#schedules", "Held: 1,200 match");
		assertThat(this.browser.text("#schedules")).contains("The limit is 1,000. Nothing was deleted.");
		this.browser.click("[id^=run-]");
		this.browser.waitFor("dialog[open]", "More than 1,000: by itself the schedule deletes nothing now");
		assertThat(this.browser.find("dialog[open] .btn-danger").isEnabled()).isFalse();
		this.browser.find("#confirm").sendKeys("1,200", Keys.ENTER);
		this.browser.waitFor("#schedules", "Deleted 1,200 products");

		this.browser.click("[id^=edit-]");
		this.browser.waitFor("dialog[open]", "Edit Season end");
		write("edit-not_updated_for_days", "0");
		this.browser.click("dialog[open] .btn-primary");
		this.browser.waitFor("dialog[open]", "Not updated for days must be from 1 to 36500");
		write("edit-not_updated_for_days", "30");
		write("edit-sku", "sum25-");
		this.browser.click("dialog[open] .btn-primary");
		this.browser.waitFor("#schedules", "SKU contains “sum25-”, inactive only, not updated for 30 days");
		assertThat(this.browser.shows("dialog")).isFalse();

		this.browser.click("[id^=delete-]");
		this.browser.waitFor("dialog[open]", "Season end starts no more");
		this.browser.click("dialog[open] .btn-danger");
		this.browser.waitFor("#schedules", "No schedules yet");
		assertThat(count("scheduled_delete")).isZero();
		assertThat(this.browser.complaints()).allMatch((line) -> line.contains("status of 422"));
	}

	@Test
	void thePageIsAccessibleInBothThemesAndFitsATelephone() {
		this.browser.open("/ui/schedules");
		write("new-name", NAME + "x".repeat(40));
		this.browser.click("#new-schedule .btn-primary");
		this.browser.waitFor("#schedules", NAME);
		this.jdbc.sql("UPDATE schedule SET last_at = now(), last_result = 'held', last_count = 48210").update();
		for (boolean dark : new boolean[] { false, true }) {
			for (int width : new int[] { 1440, 390 }) {
				this.browser.preferDark(dark);
				this.browser.width(width);
				this.browser.open("/ui/schedules");
				write("new-cron", "0 0 25 * * *");
				this.browser.click("#new-schedule .btn-primary");
				this.browser.waitFor("#new-schedule", "When (cron) can't be read at “25”");
				check("page", dark, width);
				this.browser.click("[id^=edit-]");
				this.browser.waitFor("dialog[open]", "Next three runs");
				check("form", dark, width);
				this.browser.click("dialog[open] [data-close]");
				this.browser.click("[id^=run-]");
				this.browser.waitFor("dialog[open]", "Nothing to delete");
				check("run", dark, width);
			}
		}
	}

	private void check(String what, boolean dark, int width) {
		String where = what + (dark ? ", dark, " : ", light, ") + width + " px";
		assertThat(this.browser.barriers()).as(where).isEmpty();
		assertThat(this.browser.script("return document.documentElement.scrollWidth <= innerWidth")).as(where)
			.isEqualTo(true);
	}

	/** Replaces what a field holds, as typing does. */
	private void write(String id, String text) {
		this.browser.find("#" + id);
		this.browser.script(
				"const f = document.getElementById(arguments[0]); f.value = arguments[1]; f.dispatchEvent(new Event('input', { bubbles: true }))",
				id, text);
	}

	private long count(String from) {
		return this.jdbc.sql("SELECT count(*) FROM " + from).query(Long.class).single();
	}

	/** Old inactive ones, and one that is active. */
	private void fill(int count) {
		this.jdbc.sql("""
				INSERT INTO product (id, sku, name, active, updated_at)
				SELECT gen_random_uuid(), 'old-' || i, 'Old', i = 0, now() - interval '100 days'
				FROM generate_series(0, ?) AS i""").param(count).update();
	}

}
