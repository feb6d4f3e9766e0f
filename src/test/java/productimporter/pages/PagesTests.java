package productimporter.pages;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages as they are sent.
 */
class PagesTests extends PagesTest {

	private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	void everyPageAllowsNothingButWhatIsServedHere() throws Exception {
		String run = imported("headers.csv", csv("headers", 2, 1));
		for (String page : List.of("/", "/ui/jobs", "/ui/products", "/ui/uploads/" + run, "/ui/nothing")) {
			HttpResponse<String> response = get(page, BROWSER);
			assertThat(response.headers().firstValue("Content-Security-Policy")).as(page)
				.hasValue("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
						+ "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
			assertThat(response.headers().allValues("Cache-Control")).as(page).containsExactly("no-store");
			assertThat(response.headers().firstValue("X-Content-Type-Options")).as(page).hasValue("nosniff");
			assertThat(response.headers().firstValue("Referrer-Policy")).as(page).hasValue("same-origin");
			assertThat(response.body()).as(page)
				.doesNotContain(" style=", "<style", "hx-on", "javascript:", "<script>", "//cdn", "https://");
		}
	}

	@Test
	void filesThatPagesLoadAreThereAndCachedForEver() throws Exception {
		String run = imported("assets.csv", csv("assets", 1, 0));
		Matcher urls = Pattern.compile("(?:src|href)=\"(/(?:assets|webjars)/[^\"#]+)")
			.matcher(get("/ui/uploads/" + run, BROWSER).body());
		int found = 0;
		while (urls.find()) {
			HttpResponse<String> file = get(urls.group(1), "*/*");
			assertThat(file.statusCode()).as(urls.group(1)).isEqualTo(200);
			assertThat(file.headers().firstValue("Cache-Control")).as(urls.group(1))
				.hasValue("max-age=31536000, public, immutable");
			found++;
		}
		assertThat(found).isGreaterThan(8);
	}

	@Test
	void whatIsNotThereIsAPageForBrowsersAndAProblemForPrograms() throws Exception {
		for (String path : List.of("/ui/nothing", "/ui/uploads/00000000-0000-7000-8000-000000000000",
				"/upload/status/00000000-0000-7000-8000-000000000000")) {
			HttpResponse<String> page = get(path, BROWSER);
			assertThat(page.statusCode()).isEqualTo(404);
			assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
			assertThat(page.body()).contains("There is nothing at this address");
			for (String accept : List.of("*/*", "application/json")) {
				HttpResponse<String> problem = get(path, accept);
				assertThat(problem.statusCode()).isEqualTo(404);
				assertThat(problem.headers().firstValue("Content-Type")).hasValue("application/problem+json");
			}
		}
		assertThat(get("/ui/uploads/no-uuid", BROWSER).statusCode()).isEqualTo(400);
		assertThat(get("/ui/jobs?state=lost", BROWSER).body()).contains("That could not be done", "Choose one from");
	}

	@Test
	void whatFailsInsideIsAPageWithAReference() throws Exception {
		this.jdbc.sql("ALTER TABLE product RENAME TO product_away").update();
		try {
			HttpResponse<String> page = get("/ui/products", BROWSER);
			assertThat(page.statusCode()).isEqualTo(500);
			assertThat(page.body()).contains("We could not finish that", "reference")
				.doesNotContain("product_away", "Exception", "SELECT");
			assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
			HttpResponse<String> problem = get("/products", "*/*");
			assertThat(problem.statusCode()).isEqualTo(500);
			assertThat(problem.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		}
		finally {
			this.jdbc.sql("ALTER TABLE product_away RENAME TO product").update();
		}
	}

	@Test
	void jobsAreFiltered() throws Exception {
		imported("filter_50%.csv", csv("filter", 1, 0));
		imported("filter-other.csv", csv("filter-other", 1, 0));
		String today = client().json("/upload").get("items").get(0).get("queued_at").asString().substring(0, 10);
		assertThat(jobs("file=filter")).contains("filter_50%.csv", "filter-other.csv");
		assertThat(jobs("file=FILTER_50%25")).contains("filter_50%.csv").doesNotContain("filter-other.csv");
		assertThat(jobs("state=completed&kind=import&from=" + today + "&to=" + today)).contains("filter_50%.csv");
		assertThat(jobs("state=&kind=&from=&to=&file=")).contains("filter_50%.csv");
		assertThat(jobs("to=2020-01-01")).contains("No job matches");
		assertThat(jobs("state=failed&file=filter")).contains("No job matches");
		assertThat(jobs("page=99&file=filter")).contains("filter_50%.csv");
	}

	@Test
	void htmxGetsTheFragmentOfThePage() throws Exception {
		HttpResponse<String> fragment = send(
				request("/ui/jobs").header("HX-Request", "true").header("HX-Target", "jobs").GET());
		assertThat(fragment.body()).startsWith("<div id=\"jobs\"").doesNotContain("<html");
	}

	@Test
	void aFileIsUploadedStoppedAndGoesOnWithoutScript() throws Exception {
		HttpResponse<String> uploaded = sendForm("sku,name\nplain-1,One\n");
		assertThat(uploaded.statusCode()).isEqualTo(303);
		String page = uploaded.headers().firstValue("Location").orElseThrow();
		assertThat(page).startsWith("/ui/uploads/");
		client().await(page.substring(page.lastIndexOf('/') + 1));
		assertThat(get(page, BROWSER).body()).contains("Completed", "width=\"100%\"");
		HttpResponse<String> late = send(
				request(page + "/stop").header("Accept", BROWSER).POST(HttpRequest.BodyPublishers.noBody()));
		assertThat(late.statusCode()).isEqualTo(409);
		assertThat(late.body()).contains("That could not be done", "has ended already");

		HttpResponse<String> refused = sendForm("price\n1\n");
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(refused.body()).contains("The file was not accepted", "Drop product files here");
	}

	@Test
	void productsAreAddedChangedAndDeletedWithoutScript() throws Exception {
		HttpResponse<String> wrong = form("/ui/products", "sku=&name=%3Cscript%3Ealert(1)%3C%2Fscript%3E&price=1.29O");
		assertThat(wrong.statusCode()).isEqualTo(422);
		assertThat(wrong.body()).contains("Add a product", "is missing", "is not a number", "1.29O",
				"&lt;script&gt;alert(1)&lt;/script&gt;");
		String fields = "sku=Plain-Form&name=%3Cscript%3Ealert(1)%3C%2Fscript%3E&description=a%0D%0Ab&price=1.29&active=true";
		assertThat(form("/ui/products", fields).statusCode()).isEqualTo(303);
		HttpResponse<String> taken = form("/ui/products", fields);
		assertThat(taken.statusCode()).isEqualTo(409);
		assertThat(taken.body()).contains("is taken");
		String list = get("/ui/products?sku=plain-form", BROWSER).body();
		assertThat(list).contains("plain-form", "&lt;script&gt;alert(1)&lt;/script&gt;")
			.doesNotContain("<script>alert");
		String page = "/ui/products/"
				+ client().json("/products?sku=plain-form").get("items").get(0).get("id").asString();
		assertThat(get(page, BROWSER).body()).contains("Edit", "plain-form", "a\r\nb");
		HttpResponse<String> stale = form(page, fields + "&version=1");
		assertThat(stale.statusCode()).isEqualTo(412);
		assertThat(stale.body()).contains("Someone else changed this product at");
		assertThat(form(page + "/active", "active=false").statusCode()).isEqualTo(303);
		assertThat(form(page, fields.replace("1.29", "2")).statusCode()).isEqualTo(303);
		assertThat(get(page + "/delete", BROWSER).body()).contains("Delete", "This can't be undone");
		assertThat(form(page + "/delete", "version=1").statusCode()).isEqualTo(412);
		assertThat(form("/ui/products/delete", "id=" + page.substring(13)).statusCode()).isEqualTo(303);
		assertThat(get(page, BROWSER).statusCode()).isEqualTo(404);
		assertThat(get("/ui/products/delete", BROWSER).body()).contains("No product is selected");
		assertThat(get("/ui/products?after=x", BROWSER).statusCode()).isEqualTo(400);
	}

	private HttpResponse<String> form(String path, String fields) throws Exception {
		return send(request(path).header("Content-Type", "application/x-www-form-urlencoded")
			.header("Accept", BROWSER)
			.POST(HttpRequest.BodyPublishers.ofString(fields)));
	}

	private String jobs(String query) throws Exception {
		HttpResponse<String> page = get("/ui/jobs?" + query, BROWSER);
		assertThat(page.statusCode()).isEqualTo(200);
		return page.body();
	}

	private HttpResponse<String> sendForm(String csv) throws Exception {
		String body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"plain.csv\"\r\n\r\n" + csv
				+ "\r\n--b--\r\n";
		return send(request("/ui/uploads").header("Content-Type", "multipart/form-data; boundary=b")
			.header("Accept", BROWSER)
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	private HttpResponse<String> get(String path, String accept) throws Exception {
		return send(request(path).header("Accept", accept).GET());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

}
