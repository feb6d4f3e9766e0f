package productimporter.pages;

import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.test.context.TestPropertySource;

import productimporter.HeldTable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two imports at once as someone sees them on the dashboard.
 */
@TestPropertySource(properties = { "importer.imports.runs-at-once=2", "importer.job.partitions=2" })
class LanesBrowserTests extends PagesTest {

	/** Notes which run the chip shows, and how far the run beside the first is. */
	private static final String TAKE_NOTES = """
			window.chips = new Set();
			window.percents = new Set();
			setInterval(() => {
				const chip = document.getElementById('running-chip');
				const percent = document.querySelector('#live [data-row-percent]')?.innerText;
				if (!chip.hidden && window.percents.size <= 3) { window.chips.add(chip.dataset.run); }
				if (percent) { window.percents.add(percent); }
			}, 33);
			""";

	@Test
	void bothAreSeenAndTheBannerStaysWithTheFirst() throws Exception {
		slowDown();
		try (Browser browser = new Browser(this.port)) {
			String first;
			String third;
			try (HeldTable held = heldProducts()) {
				browser.open("/");
				browser.script(TAKE_NOTES);
				first = uploaded("first-of-two.csv", csv("first", 60_000, 0));
				uploaded("second-of-two.csv", csv("second", 50_000, 0));
				third = uploaded("waits-for-them.csv", csv("third", 5_000, 0));
				browser.waitFor("#summary", "2 jobs are running, 1 is waiting.");
				browser.waitFor("#live", "second-of-two.csv Importing…");
				assertThat(browser.text("#live")).contains("first-of-two.csv", "Running beside it (1)",
						"waits-for-them.csv");
				takePictures(browser);
			}
			browser.waitUntil(() -> (long) browser.script("return window.percents.size") > 3);
			assertThat(browser.script("return [...window.chips]")).isEqualTo(List.of(first));
			client().await(third);
			browser.waitFor("#recent", "waits-for-them.csv Completed");
			browser.waitFor("#summary", "Nothing is running.");
			assertThat(browser.complaints()).isEmpty();
		}
		finally {
			speedUp();
		}
	}

	private static void takePictures(Browser browser) throws Exception {
		browser.picture("two-at-once");
		browser.preferDark(true);
		browser.width(390);
		browser.picture("two-at-once-narrow-dark");
		browser.width(1440);
		browser.preferDark(false);
	}

}
