package productimporter.pages;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signing in and working in a real browser, and texts that try to be more than text.
 */
@TestPropertySource(properties = "importer.access.admin-password=" + ProtectedBrowserTests.PASSWORD)
class ProtectedBrowserTests extends PagesTest {

	static final String PASSWORD = "the very first password";

	private Browser browser;

	private Watch watch;

	@BeforeEach
	void open() {
		this.browser = new Browser(this.port);
		this.watch = new Watch(this.browser);
	}

	@AfterEach
	void close() {
		this.browser.close();
	}

	@Test
	void anAdminSignsInImportsEditsAndSignsOut() throws Exception {
		signIn("/ui/jobs");
		assertThat(this.browser.address()).isEqualTo("/ui/jobs");
		go("/");
		this.browser.choose(file("signed in.csv", csv("signed-in", 3, 1)));
		this.browser.waitFor("#sent-list", "Completed");
		// told by STOMP, which has shown its CSRF token
		assertThat(this.browser.shows("#live-off")).isFalse();
		go("/ui/products?sku=signed-in-0");
		this.browser.click("[id^='edit-']");
		this.browser.find("tr.edit [name=name]").sendKeys(" changed");
		this.browser.click("tr.edit button.btn");
		this.browser.waitUntil(() -> !this.browser.shows("tr.edit"));
		assertThat(this.browser.text("#products")).contains("changed");
		go("/ui/tokens");
		this.browser.find("#t-name").sendKeys("shop");
		this.browser.click("form[action='/ui/tokens'] button.btn-primary");
		this.browser.waitFor(".note.ok", "The token shop is made");
		go("/ui/users");
		this.browser.find("#u-name").sendKeys("vera");
		this.browser.find("#u-password").sendKeys("a password for vera");
		this.browser.click("form[action='/ui/users'] button.btn-primary");
		this.browser.waitFor("#main table", "vera");
		go("/ui/audit");
		this.browser.waitFor("#entries", "import.start");
		assertThat(this.browser.text("#entries")).contains("product.change", "token.create", "user.create", "login");
		this.browser.click("details.menu summary");
		this.browser.click("details.menu form button");
		this.browser.waitFor("main", "You are signed out");
		signIn("/", "vera", "a password for vera");
		assertThat(this.browser.shows("#upload")).isFalse();
		go("/ui/products");
		assertThat(this.browser.shows("#add-product")).isFalse();
		this.watch.assertNothingFound();
	}

	@Test
	void textsThatTryToBeMoreStayTexts() throws Exception {
		List<String> corpus = Watch.corpus();
		StringBuilder csv = new StringBuilder(
				"sku,name,description,price,\"<img src=x onerror=window.executed=30>\"\n");
		for (int i = 0; i < corpus.size(); i++) {
			String quoted = "\"" + corpus.get(i).replace("\"", "\"\"") + "\"";
			csv.append("xss-").append(i).append(',').append(quoted).append(',').append(quoted).append(",1.00,x\n");
			csv.append(quoted).append(',').append(quoted).append(',').append(quoted).append(",2.00,x\n");
			csv.append("xss-bad-").append(i).append(",Bad,x,").append(quoted).append(",x\n");
		}
		signIn("/");
		// as a file of the browser: a name with what a file system allows
		this.browser.choose(file("<img src=x onerror=window.executed=31>.csv", csv.toString()));
		this.browser.waitFor("#sent-list", "Completed");
		String run = this.jdbc.sql("SELECT id::text FROM import_run ORDER BY queue_number DESC LIMIT 1")
			.query(String.class)
			.single();
		this.jdbc.sql(
				"INSERT INTO audit_entry (at, actor, via, action, subject, details) VALUES (now(), ?, 'x', 'user.x', ?, ?)")
			.params(corpus.get(1), corpus.get(0), corpus.get(3))
			.update();
		String first = this.jdbc.sql("SELECT id::text FROM product WHERE sku = 'xss-0'").query(String.class).single();
		for (String page : List.of("/", "/ui/uploads/" + run, "/ui/uploads/" + run + "?page=2", "/ui/jobs",
				"/ui/products", "/ui/products?sort=-name", "/ui/products/" + first, "/ui/products/" + first + "/delete",
				"/ui/audit", "/ui/products?name=%3Cscript%3Ewindow.executed%3D32%3C%2Fscript%3E",
				"/ui/jobs?file=%22%3E%3Cimg%20src%3Dx",
				"/login?next=%22%3E%3Cscript%3Ewindow.executed%3D33%3C/script%3E", "/ui/%3Cscript%3E",
				"/products?sku=%3Cscript%3E", "/products/" + first)) {
			go(page);
		}
		go("/ui/products?sku=xss-1");
		this.browser.click("[id^='edit-']");
		this.browser.find("tr.edit");
		this.browser.click("[id^='open-']");
		this.browser.find("dialog[open]");
		this.watch.assertNothingFound();
	}

	/**
	 * Pictures for whoever changes these pages; what is checked is that none is barred to
	 * anybody.
	 */
	@Test
	void thePagesOfAccessAreForEverybody() throws Exception {
		go("/login");
		check("login");
		signIn("/");
		for (String page : List.of("account", "users", "tokens", "audit")) {
			go("/ui/" + page);
			check(page);
		}
		go("/ui/users");
		this.browser.click("tbody a");
		this.browser.waitFor("main", "Set a new password");
		check("user");
		this.browser.click("details.menu summary");
		check("menu");
		this.watch.assertNothingFound();
	}

	private void check(String name) throws IOException {
		for (boolean dark : new boolean[] { false, true }) {
			this.browser.preferDark(dark);
			for (int width : new int[] { 1440, 390 }) {
				this.browser.width(width);
				assertThat(this.browser.barriers()).as(name).isEmpty();
				assertThat(this.browser.script("return document.documentElement.scrollWidth <= window.innerWidth"))
					.as(name)
					.isEqualTo(true);
				this.browser.picture("access-" + name + "-" + width + (dark ? "-dark" : ""));
			}
		}
		this.browser.width(1440);
	}

	private void signIn(String page) {
		signIn(page, "admin", PASSWORD);
	}

	private void signIn(String page, String name, String password) {
		this.watch.look();
		this.browser.signIn(page, name, password);
	}

	private void go(String page) {
		this.watch.go(page);
	}

}
