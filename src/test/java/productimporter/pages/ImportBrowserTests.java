package productimporter.pages;

import java.util.stream.Stream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import productimporter.HeldTable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Imports as someone sees them who never reloads a page. Long, since a browser is costly
 * to start and each state that a run's page can be in has its test here.
 */
class ImportBrowserTests extends PagesTest {

	/** Notes what the progress card says, thirty times a second. */
	private static final String TAKE_NOTES = """
			window.neverReloaded = true;
			window.notes = [];
			setInterval(() => {
				const phase = document.getElementById('phase')?.innerText;
				const percent = Number(document.querySelector('#progress .bar')?.getAttribute('aria-valuenow'));
				const width = document.querySelector('#progress rect')?.getAttribute('width');
				const last = window.notes[window.notes.length - 1];
				if (phase && (!last || last.phase !== phase || last.percent !== percent)) {
					window.notes.push({ phase, percent, width });
				}
			}, 33);
			""";

	private Browser browser;

	@BeforeEach
	void start() {
		this.browser = new Browser(this.port);
	}

	@AfterEach
	void stop() {
		speedUp();
		this.browser.close();
	}

	@Test
	void aFileIsWatchedFromTheDropZoneToItsCounts() throws Exception {
		slowDown();
		this.browser.open("/");
		this.browser.script(TAKE_NOTES);
		this.browser.choose(file("watched.csv", csv("watched", 49_956, 44)));
		this.browser.waitFor("#sent-list .sent-state", "Completed, 44 rows refused");
		this.browser.waitFor("#toasts", "watched.csv: Completed, 44 rows refused");
		assertPhases("Parsing CSV…", "Validating…", "Importing…");
		this.browser.waitFor("#recent", "watched.csv Completed, 44 rows refused 50,000 44");
		this.browser.waitFor("#figures", "Products " + thousands(this.client().json("/products").get("total")));
		assertThat(this.browser.shows("#running-chip")).isFalse();
		assertThat(this.browser.script("return window.neverReloaded")).isEqualTo(true);

		this.browser.click("#sent-list .sent-open");
		this.browser.waitFor("#phase", "Completed, 44 rows refused");
		assertThat(this.browser.text("#progress .counts"))
			.isEqualTo("Created 49,956 Updated 0 Unchanged 0 Superseded 0 Refused 44");
		assertThat(this.browser.text("#progress .facts")).startsWith("50,000 of 50,000 rows done");
		assertThat(this.browser.text("#attempts")).contains("Attempt 1, completed", "Validating", "Importing");
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void refusedRowsAreListedPageByPageAndDownloaded() throws Exception {
		String run = imported("refused.csv", csv("refused", 10, 44));
		this.browser.open("/ui/uploads/" + run);
		assertThat(this.browser.text("#refused tbody tr")).startsWith("12 price 12.5O");
		assertThat(this.browser.text("#refused .card-footer")).startsWith("1 to 20 of 44");
		this.browser.click("#refused-next");
		this.browser.waitFor("#refused .card-footer", "21 to 40 of 44");
		this.browser.click("#refused-next");
		this.browser.waitFor("#refused .card-footer", "41 to 44 of 44");
		this.browser.back();
		this.browser.waitFor("#refused .card-footer", "21 to 40 of 44");
		this.browser.click("#refused [download]");
		assertThat(this.browser.downloaded("refused-rows-" + run + ".csv").lines()).hasSize(45)
			.element(1)
			.asString()
			.startsWith("refused-bad-0,Bad 0,About it,12.5O,12,price,12.5O,");
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void refusedRowsThatAreCorrectedAndUploadedLeadToEachOther() throws Exception {
		String run = imported("spring-list.csv", csv("spring", 10, 3));
		this.browser.open("/ui/uploads/" + run);
		this.browser.click("#refused [download]");
		String refused = this.browser.downloaded("refused-rows-" + run + ".csv");
		this.browser.open("/");
		this.browser.choose(file("corrected.csv", refused.replace("12.5O,", "12.50,")));
		this.browser.waitFor("#sent-list .sent-state", "Completed");
		this.browser.click("#sent-list .sent-open");
		this.browser.waitFor("#corrects", "Its rows are those that were refused in spring-list.csv");
		assertThat(this.browser.text("#progress .counts")).startsWith("Created 3 ");
		assertThat(this.browser.barriers()).isEmpty();
		this.browser.picture("corrects");
		this.browser.width(390);
		this.browser.picture("corrects-390");
		this.browser.width(1440);
		this.browser.click("#corrects a");
		this.browser.waitFor("#corrected-by", "Corrected by corrected.csv (completed).");
		assertThat(this.browser.address()).isEqualTo("/ui/uploads/" + run);
		assertThat(this.browser.barriers()).isEmpty();
		this.browser.preferDark(true);
		this.browser.picture("corrected-by-dark");
		this.browser.preferDark(false);
		this.browser.open("/ui/jobs");
		this.browser.waitFor("#jobs tbody", "corrected.csv corrects refused rows");
		this.browser.picture("jobs-corrects");
		this.browser.width(390);
		this.browser.picture("jobs-corrects-390");
		assertThat(this.browser.barriers()).isEmpty();
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void aSecondTabSeesTheSame() throws Exception {
		String run;
		String first;
		try (HeldTable held = heldProducts()) {
			run = uploaded("shared.csv", csv("shared", 20_000, 3));
			this.browser.open("/");
			this.browser.script(TAKE_NOTES);
			first = this.browser.tab();
			this.browser.openInNewTab("/ui/uploads/" + run);
			this.browser.script(TAKE_NOTES);
			this.browser.waitFor("#phase", "Importing…");
			this.browser.waitFor("#throughput", "Rows per second now");
			String second = this.browser.tab();
			this.browser.switchTo(first);
			assertPhases("Importing…");
			this.browser.switchTo(second);
		}
		this.browser.waitFor("#phase", "Completed, 3 rows refused");
		assertPhases("Importing…", "Completed, 3 rows refused");
		this.browser.waitFor("#refused", "1 to 3 of 3");
		assertThat(this.browser.text("#progress .counts"))
			.isEqualTo("Created 20,000 Updated 0 Unchanged 0 Superseded 0 Refused 3");
		assertThat(this.browser.script("return window.neverReloaded")).isEqualTo(true);
		this.browser.closeTab();
		this.browser.switchTo(first);
		this.browser.waitFor("#recent", "shared.csv Completed, 3 rows refused");
		assertPhases("Importing…");
		assertThat(this.browser.script("return window.neverReloaded")).isEqualTo(true);
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void aDryRunCompares() throws Exception {
		try (HeldTable changes = HeldTable.of("dry_run_change", this.database)) {
			String run = client()
				.parse(client()
					.post("dry.csv", csv("dry", 6_000, 3).getBytes(StandardCharsets.UTF_8), Map.of("dry_run", "true"))
					.body())
				.get("task_id")
				.asString();
			try (Stream<String> events = client().lines("/upload/progress/" + run)) {
				this.browser.open("/ui/uploads/" + run);
				this.browser.script(TAKE_NOTES);
				this.browser.waitFor("#phase", "Comparing…");
				this.browser.waitFor("#progress .trail", "Comparing…");
				this.browser.waitFor("#running-chip", "Comparing…");
				this.browser.waitFor("#attempts", "Comparing");
				changes.release();
				this.browser.waitFor("#phase", "Dry run done");
				assertPhases("Comparing…", "Dry run done");
				this.browser.waitFor("#attempts", "Attempt 1, completed");
				assertThat(this.browser.text("main")).doesNotContain("Importing");
				List<String> told = events.toList();
				assertThat(told).anyMatch((line) -> line.contains("\"status\":\"importing\"")
						&& line.contains("\"message\":\"Comparing…\""));
				assertThat(told).noneMatch((line) -> line.contains("Importing"));
			}
		}
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void aFailedImportSaysWhyAndGoesOnFromItsPage() throws Exception {
		slowDown();
		String run = uploaded("gone.csv", csv("gone", 20_000, 0));
		Path stored = stored(run);
		Path away = Files.move(stored, stored.resolveSibling("away"));
		this.browser.open("/ui/uploads/" + run);
		this.browser.waitFor("#phase", "Failed");
		assertThat(this.browser.text("#run")).contains("The uploaded file is not in the upload store any more");
		Files.move(away, stored);
		speedUp();
		this.browser.click("#run form button");
		this.browser.waitFor("#phase", "Completed");
		assertThat(client().status(run).get("created").asLong()).isEqualTo(20_000);
		this.browser.waitFor("#attempts", "Attempt 2, completed");
		assertThat(this.browser.text("#attempts")).contains("20,000 read, 20,000 written");
		assertThat(this.browser.text("#file-facts")).contains("run=" + run);
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void aStoppedImportGoesOnFromTheHistory() throws Exception {
		String run;
		try (HeldTable held = heldProducts()) {
			run = uploaded("stopped.csv", csv("stopped", 50_000, 0));
			held.awaitWriters(1);
			this.browser.open("/ui/uploads/" + run);
			this.browser.waitFor("#phase", "Importing…");
			this.browser.click("#stop");
			this.browser.waitFor("dialog[open]", "Every row that is saved stays saved");
			this.browser.click("dialog[open] button");
			this.browser.waitFor("#phase", "Stopping…");
		}
		this.browser.waitFor("#phase", "Stopped");
		assertThat(this.browser.script("return document.activeElement.id")).isEqualTo("main");
		JsonNode stopped = client().status(run);
		assertThat(stopped.get("rows_read").asLong()).isBetween(1L, 49_999L);

		this.browser.open("/ui/jobs?state=stopped");
		String row = "[data-row='" + run + "']";
		this.browser.waitFor(row, "Stopped");
		this.browser.click(row + " form button");
		this.browser.waitUntil(() -> this.browser.text(row).isEmpty());
		this.browser.waitFor("#toasts", "stopped.csv: Completed");
		JsonNode completed = client().await(run);
		assertThat(completed.get("created").asLong()).isEqualTo(50_000);
		assertThat(completed.get("attempts").asInt()).isEqualTo(2);
		this.browser.open("/ui/uploads/" + run);
		assertThat(this.browser.text("#attempts")).contains("Attempt 2, completed", "Attempt 1, stopped");
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void aPartThatCouldNotBeFetchedIsFetchedAgain() throws Exception {
		this.browser.open("/ui/jobs");
		this.browser.script("""
				window.refused = 0;
				const open = XMLHttpRequest.prototype.open;
				XMLHttpRequest.prototype.open = function(...request) {
				  if (!window.mended) {
				    Object.defineProperty(this, 'status', { get: () => 503 });
				    this.addEventListener('loadend', () => window.refused++);
				  }
				  open.apply(this, request);
				};""");
		String run;
		try (HeldTable held = heldProducts()) {
			run = uploaded("while-refused.csv", csv("while-refused", 10, 0));
			this.browser.waitUntil(() -> this.browser.shows("#running-chip"));
		}
		this.browser.waitFor("#toasts", "while-refused.csv: Completed");
		long refused = (long) this.browser.script("return window.refused");
		this.browser.waitUntil(() -> (long) this.browser.script("return window.refused") > refused);
		assertThat(this.browser.shows("[data-row='" + run + "']")).isFalse();
		this.browser.script("window.mended = true");
		this.browser.waitFor("[data-row='" + run + "']", "Completed");
	}

	@Test
	void aFileThatCannotBeImportedSaysWhyAndTheNextIsSent() throws Exception {
		this.browser.open("/");
		this.browser.choose(file("empty.csv", "sku,name\n"));
		this.browser.waitFor("#sent-list .sent-state", "Not accepted");
		assertThat(this.browser.text("#sent-list .sent-error")).contains("no rows");
		this.browser.choose(file("good.csv", csv("good", 3, 0)));
		this.browser.waitFor("#sent-list .sent-state", "Completed");
		// the browser itself notes the refusal
		assertThat(this.browser.complaints()).allMatch((line) -> line.contains("/upload") && line.contains("422"));
	}

	@Test
	void namesAreShownAsText() throws Exception {
		this.browser.open("/");
		this.browser.choose(file("<script>alert(1)<", "sku,name\nx-1,<img src=x onerror=alert(2)>\n"));
		this.browser.waitFor("#sent-list .sent-state", "Completed");
		// a sent name is cut at its last slash, a stored one must be harmless all the
		// same
		String markup = "<script>alert(1)</script>.csv";
		String run = imported("markup.csv", csv("markup", 1, 1));
		this.jdbc.sql("UPDATE upload SET filename = ? WHERE id = (SELECT upload_id FROM import_run WHERE id = ?::uuid)")
			.params(markup, run)
			.update();
		for (String page : List.of("/", "/ui/jobs")) {
			this.browser.open(page);
			assertThat(this.browser.text("#main")).contains(markup, "<script>alert(1)<");
		}
		this.browser.open("/ui/uploads/" + run);
		assertThat(this.browser.text("h1")).isEqualTo(markup);
		for (String page : List.of("/", "/ui/jobs", "/ui/products", "/ui/uploads/" + run)) {
			this.browser.open(page);
			assertThat(this.browser.script("return document.querySelectorAll('main script, main img').length")).as(page)
				.isEqualTo(0L);
		}
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void withoutTheSocketTheServerIsAskedUntilItIsBack() throws Exception {
		this.browser.beforeEachPage("""
				const Real = WebSocket;
				window.WebSocket = function (url, protocols) {
					if (window.socketsWork) { return new Real(url, protocols); }
					const dead = { readyState: 3, close() {}, send() {} };
					setTimeout(() => dead.onclose?.({ code: 1006, reason: '' }), 10);
					return dead;
				};
				""");
		this.browser.open("/");
		this.browser.script(TAKE_NOTES);
		this.browser.waitFor("#live-off", "Live updates are off");
		try (HeldTable held = heldProducts()) {
			uploaded("polled.csv", csv("polled", 50_000, 1));
			this.browser.waitFor("#phase", "Importing…");
		}
		this.browser.waitFor("#recent", "polled.csv Completed, 1 row refused");
		assertPhases("Importing…");
		this.browser.script("window.socketsWork = true");
		this.browser.waitUntil(() -> !this.browser.shows("#live-off"));
		uploaded("pushed.csv", csv("pushed", 5, 0));
		this.browser.waitFor("#recent", "pushed.csv Completed");
		assertThat(this.browser.script("return window.neverReloaded")).isEqualTo(true);
		assertThat(this.browser.complaints()).isEmpty();
	}

	/** These phases were shown in this order, and the bar never went back. */
	@SuppressWarnings("unchecked")
	private void assertPhases(String... phases) {
		// some are taken after what the test has waited for
		this.browser.waitUntil(() -> Boolean.TRUE.equals(this.browser
			.script("return window.notes.some((note) => note.phase === arguments[0])", phases[phases.length - 1])));
		List<Map<String, Object>> notes = (List<Map<String, Object>>) this.browser.script("return window.notes");
		assertThat(notes).extracting((note) -> note.get("phase")).containsSubsequence((Object[]) phases);
		assertThat(notes).extracting((note) -> ((Number) note.get("percent")).intValue()).isSorted();
		assertThat(notes).allSatisfy((note) -> assertThat(note.get("width")).isEqualTo(note.get("percent") + "%"));
	}

	private static String thousands(JsonNode number) {
		return String.format(Locale.ENGLISH, "%,d", number.asLong());
	}

}
