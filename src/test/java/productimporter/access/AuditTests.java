package productimporter.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who did what.
 */
class AuditTests extends ProtectedTest {

	@Autowired
	Audit audit;

	@Autowired
	AuditTable table;

	@Test
	void whatIsDoneIsWrittenDownWithWhoDidItAndToWhat() {
		makeUser("busy", Role.EDITOR);
		Visit busy = signIn("busy");
		String location = busy
			.keep(busy.request("POST", "/products")
				.with(busy.csrf())
				.body("application/json", "{\"sku\":\"audited\",\"name\":\"Audited\"}")
				.send())
			.header("Location")
			.orElseThrow();
		String id = location.replaceAll(".*/", "");
		busy.post("/ui/products/" + id + "/delete");
		busy.post("/users");
		busy.post("/logout");
		List<AuditTable.Entry> entries = this.table.page(by("busy"), Long.MAX_VALUE, 10);
		assertThat(entries).extracting(AuditTable.Entry::action)
			.containsExactly("logout", "product.delete", "product.create", "login");
		assertThat(entries.get(2).subject()).isEqualTo(id);
		assertThat(entries.get(2).status()).isEqualTo(201);
		assertThat(entries.get(1).subject()).isEqualTo(id);
		assertThat(entries).extracting(AuditTable.Entry::via).containsOnly("session");
		assertThat(entries).extracting(AuditTable.Entry::address).containsOnly("127.0.0.1");
	}

	@Test
	void anImportAndWhatWasRefusedAreWrittenDownToo() {
		String editor = this.tokens.create("audited import", "editor", null, "test").shown();
		String viewer = this.tokens.create("audited viewer", "viewer", null, "test").shown();
		for (String token : List.of(editor, viewer)) {
			request("POST", "/upload").with("Authorization: Bearer " + token)
				.body("multipart/form-data; boundary=b",
						"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nsku,name\nz,Z\n\r\n--b--\r\n")
				.send();
		}
		AuditTable.Entry done = this.table.page(by("token:audited import"), Long.MAX_VALUE, 10).get(0);
		assertThat(done.action()).isEqualTo("import.start");
		assertThat(done.status()).isEqualTo(202);
		assertThat(done.via()).isEqualTo("token");
		assertThat(done.subject()).matches("[0-9a-f-]{36}");
		AuditTable.Entry refused = this.table.page(by("token:audited viewer"), Long.MAX_VALUE, 10).get(0);
		assertThat(refused.action()).isEqualTo("import.start");
		assertThat(refused.status()).isEqualTo(403);
	}

	@Test
	void everyKindOfChangeIsOnThePageAndInTheFile() {
		makeUser("all-round", Role.ADMIN);
		Visit admin = signIn("all-round");
		RawRequest upload = admin.request("POST", "/upload")
			.with(admin.csrf())
			.body("multipart/form-data; boundary=b",
					"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nsku,name\nz,Z\n\r\n--b--\r\n");
		assertThat(upload.send().status()).isEqualTo(202);
		String product = made(admin, "/products", "{\"sku\":\"all-round\",\"name\":\"All\"}");
		json(admin, "PATCH", product, "{\"name\":\"All of it\"}", 200);
		admin.post("/ui/products/delete", "id", product.replaceAll(".*/", ""));
		assertThat(admin.request("DELETE", "/products?sku=none-of-this-name").with(admin.csrf()).send().status())
			.isEqualTo(202);
		String webhook = made(admin, "/webhooks",
				"{\"url\":\"https://example.org/\",\"event_types\":[\"product.created\"]}");
		json(admin, "PUT", webhook, "{\"url\":\"https://example.net/\",\"event_types\":[\"product.created\"]}", 200);
		json(admin, "POST", webhook + "/rotate-secret", "", 200);
		json(admin, "DELETE", webhook, "", 204);
		String schedule = made(admin, "/schedules",
				"{\"name\":\"All\",\"cron\":\"0 0 3 1 1 *\",\"filter\":{\"sku\":\"none-of-this-name\"}}");
		json(admin, "DELETE", schedule, "", 204);
		String user = made(admin, "/users",
				"{\"name\":\"second\",\"password\":\"" + PASSWORD + "\",\"role\":\"viewer\"}");
		json(admin, "PUT", user, "{\"role\":\"editor\"}", 200);
		json(admin, "DELETE", user, "", 204);
		json(admin, "DELETE", made(admin, "/tokens", "{\"name\":\"second\",\"role\":\"viewer\"}"), "", 204);
		admin.post("/logout");
		new Visit(this.port).signIn("all-round", "not the password");
		String[] actions = { "login", "import.start", "product.create", "product.change", "products.delete",
				"products.delete_all", "webhook.create", "webhook.change", "webhook.rotate_secret", "webhook.delete",
				"schedule.create", "schedule.delete", "user.create", "user.change", "user.delete", "token.create",
				"token.revoke", "logout" };
		assertThat(this.table.page(by("all-round"), Long.MAX_VALUE, 100)).extracting(AuditTable.Entry::action)
			.containsExactlyInAnyOrder(actions);
		Visit reader = signIn(Role.ADMIN);
		for (String path : new String[] { "/ui/audit?actor=all-round", "/audit/export?actor=all-round" }) {
			assertThat(reader.get(path).body()).contains(actions);
		}
		for (String path : new String[] { "/ui/audit?subject=all-round", "/audit/export?subject=all-round" }) {
			assertThat(reader.get(path).body()).contains("login.failed", "anonymous");
		}
	}

	private static String made(Visit visit, String path, String body) {
		return json(visit, "POST", path, body, 201).header("Location").orElseThrow();
	}

	private static RawRequest.Answer json(Visit visit, String method, String path, String body, int expected) {
		RawRequest request = visit.request(method, path).with(visit.csrf());
		RawRequest.Answer answer = (body.isEmpty() ? request : request.body("application/json", body)).send();
		assertThat(answer.status()).as("%s %s: %s", method, path, answer.body()).isEqualTo(expected);
		return answer;
	}

	@Test
	void usersTokensAndWrongPasswordsAreWrittenDownButNoSecret() {
		Visit admin = signIn(Role.ADMIN);
		admin.post("/ui/users", "name", "audited", "password", "secret of the audited", "role", "viewer");
		String token = admin.post("/ui/tokens", "name", "audited token", "role", "viewer", "days", "")
			.body()
			.replaceAll("(?s).*value=\"(pi_[^\"]+)\".*", "$1");
		new Visit(this.port).signIn("audited", "a wrong secret here");
		new Visit(this.port).signIn("My Secret Password!", "x");
		String all = signIn(Role.ADMIN).get("/audit/export").body();
		assertThat(all).contains("user.create", "token.create", "login.failed", "audited token")
			.doesNotContain("secret of the audited", "a wrong secret here", "my secret password", token.substring(3));
	}

	@Test
	void aCellNeverBecomesAFormula() {
		this.audit.record("user.create", "=HYPERLINK(\"http://evil.example\")", Map.of());
		this.audit.record("user.create", "+1", Map.of());
		this.audit.record("user.create", "@SUM(A1)", Map.of());
		this.audit.record("user.create", "-2+3", Map.of());
		String csv = signIn(Role.ADMIN).get("/audit/export?action=user.create").body();
		assertThat(csv).contains(",\"'=HYPERLINK(\"\"http://evil.example\"\")\",", ",'+1,", ",'@SUM(A1),", ",'-2+3,")
			.doesNotContain(",=", ",+", ",@");
	}

	@Test
	void theListIsNarrowedAndPaged() {
		for (int i = 0; i < 120; i++) {
			this.audit.record("page.test", "number" + i, Map.of());
		}
		Visit admin = signIn(Role.ADMIN);
		JsonNode first = json(admin.get("/audit?action=page"));
		assertThat(first.get("items").size()).isEqualTo(100);
		JsonNode second = json(admin.get("/audit?action=page&before=" + first.get("next").asString()));
		assertThat(second.get("items").size()).isEqualTo(20);
		assertThat(second.get("items").get(19).get("subject").asString()).isEqualTo("number0");
		assertThat(second.get("next").isNull()).isTrue();
		assertThat(json(admin.get("/audit?subject=number7")).get("items").size()).isEqualTo(1);
		assertThat(json(admin.get("/audit?action=page&to=2020-01-01")).get("items").size()).isZero();
		assertThat(json(admin.get("/audit?action=page&to=%2B999999999-12-31")).get("items").size()).isEqualTo(100);
		assertThat(json(admin.get("/audit?action=page&from=-999999999-01-01")).get("items").size()).isEqualTo(100);
		assertThat(json(admin.get("/audit?action=page&from=%2B999999999-12-31")).get("items").size()).isZero();
		assertThat(admin.get("/audit?actr=x").status()).isEqualTo(400);
		String page = admin.get("/ui/audit?action=page").body();
		assertThat(page).contains("number119", "number70", "Next").doesNotContain("number69<", "Previous");
	}

	@Test
	void whatIsTooOldIsForgotten() {
		Instant old = Instant.now().minus(Duration.ofDays(366));
		this.table.insert(new AuditTable.Entry(0, old, "forgotten", "session", null, "login", null, null, null));
		this.table.insert(new AuditTable.Entry(0, old.plus(Duration.ofDays(2)), "forgotten", "session", null, "logout",
				null, null, null));
		this.audit.forget();
		assertThat(this.table.page(by("forgotten"), Long.MAX_VALUE, 10)).extracting(AuditTable.Entry::action)
			.containsExactly("logout");
	}

	private static AuditFilter by(String actor) {
		return new AuditFilter(actor, null, null, null, null);
	}

	private static JsonNode json(RawRequest.Answer answer) {
		return JsonMapper.shared().readTree(answer.body());
	}

}
