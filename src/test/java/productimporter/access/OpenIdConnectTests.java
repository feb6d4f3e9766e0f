package productimporter.access;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import productimporter.TestDatabases;
import productimporter.TestSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signing in by an OpenID Connect provider.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "importer.access.admin-password=" + ProtectedTest.ADMIN_PASSWORD,
				"importer.access.role-claim=realm_access.roles", "importer.access.role-names.editor=catalogue-editors",
				"importer.access.role-names.admin=catalogue-admins", "importer.access.sessions-per-user=2" })
@DirtiesContext
class OpenIdConnectTests {

	/** As a browser says that a link or a redirect of another site leads here. */
	private static final String[] FROM_THE_PROVIDER = { "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate",
			"Sec-Fetch-Dest: document", "Accept: text/html" };

	private static final LoopbackProvider PROVIDER = new LoopbackProvider();

	@LocalServerPort
	int port;

	@Autowired
	JdbcClient jdbc;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) {
		TestSettings.set(registry, TestDatabases.freshDatabase(TestDatabases.embedded18()));
		String client = "spring.security.oauth2.client.registration.company.";
		registry.add(client + "client-id", () -> LoopbackProvider.CLIENT);
		registry.add(client + "client-secret", () -> LoopbackProvider.SECRET);
		registry.add(client + "client-name", () -> "Company <b>");
		registry.add(client + "scope", () -> "openid,profile");
		registry.add("spring.security.oauth2.client.provider.company.issuer-uri", PROVIDER::issuer);
	}

	@AfterAll
	static void stop() {
		PROVIDER.close();
	}

	@Test
	void thePageForSigningInOffersIt() {
		assertThat(new Visit(this.port).get("/login").body())
			.contains("/oauth2/authorization/company", "Company &lt;b&gt;")
			.doesNotContain("Company <b>");
	}

	@Test
	void whoHasARoleAtTheProviderHasItHere() {
		Visit eve = new Visit(this.port);
		String before = begin(eve);
		String session = eve.cookie("SESSION");
		RawRequest.Answer in = finish(eve, before, "eve");
		assertThat(in.status()).isEqualTo(303);
		assertThat(in.header("Location")).hasValue("/");
		assertThat(eve.cookie("SESSION")).isNotEqualTo(session);
		assertThat(eve.get("/", "Accept: text/html").body()).contains("Signed in as", "eve", "id=\"upload\"")
			.doesNotContain("/ui/users");
		RawRequest.Answer made = eve.request("POST", "/products")
			.with(eve.csrf())
			.body("application/json", "{\"sku\":\"by-eve\",\"name\":\"By Eve\"}")
			.send();
		assertThat(made.status()).as(made.body()).isEqualTo(201);
		assertThat(eve.request("POST", "/products")
			.body("application/json", "{\"sku\":\"forged\",\"name\":\"Forged\"}")
			.send()
			.code()).isEqualTo("csrf_token_missing");
		assertThat(eve.get("/users").status()).isEqualTo(403);
		assertThat(audited("eve")).isEqualTo("login, product.create");
	}

	@ParameterizedTest
	@CsvSource({ "vic, 200, 403, 403", "ada, 200, 201, 403", "boss, 200, 201, 200", "guest, 403, 403, 403",
			"sly, 403, 403, 403" })
	void rolesAreThoseOfTheClaimAndNoOthers(String person, int reads, int edits, int manages) {
		Visit visit = signIn(person);
		assertThat(visit.get("/products").status()).isEqualTo(reads);
		visit.get("/login");
		assertThat(visit.request("POST", "/products")
			.with(visit.csrf())
			.body("application/json", "{\"sku\":\"of-" + person + "\",\"name\":\"Of somebody\"}")
			.send()
			.status()).isEqualTo(edits);
		assertThat(visit.get("/users").status()).isEqualTo(manages);
	}

	@Test
	void whoHasNoRoleIsToldSoOnAPage() {
		RawRequest.Answer page = signIn("guest").get("/", "Accept: text/html");
		assertThat(page.status()).isEqualTo(403);
		assertThat(page.header("Content-Type").orElseThrow()).startsWith("text/html");
		assertThat(page.body()).contains("Ask an administrator");
	}

	@Test
	void signingOutEndsTheSession() {
		Visit visit = signIn("ada");
		visit.get("/");
		String session = visit.cookie("SESSION");
		assertThat(visit.post("/logout").header("Location")).hasValue("/login?out");
		RawRequest.Answer after = new RawRequest(this.port, "GET", "/products").with("Cookie: SESSION=" + session)
			.send();
		assertThat(after.status()).isEqualTo(401);
	}

	@Test
	void theirSessionsAreBoundedToo() {
		Visit first = signIn("vic");
		Visit second = signIn("vic");
		Visit third = signIn("vic");
		assertThat(first.get("/products").status()).isEqualTo(401);
		assertThat(second.get("/products").status()).isEqualTo(200);
		assertThat(third.get("/products").status()).isEqualTo(200);
	}

	@Test
	void aCodeIsGoodOnceAndOnlyInTheBrowserThatAskedForIt() {
		Visit victim = new Visit(this.port);
		begin(victim);
		Visit attacker = new Visit(this.port);
		String back = back(PROVIDER.authorize(begin(attacker), "ada"));
		assertThat(come(victim, back).status()).isEqualTo(401);
		assertThat(victim.get("/products").status()).isEqualTo(401);
		assertThat(come(attacker, back).status()).isEqualTo(303);
		assertThat(come(new Visit(this.port), back).status()).isEqualTo(401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "code=x&state=y", "error=access_denied&state=y", "error=%3Cscript%3E&state=%3Cscript%3E",
			"code=x", "" })
	void anAnswerThatNobodyAskedForLetsNobodyIn(String query) {
		Visit visit = new Visit(this.port);
		RawRequest.Answer answer = come(visit, "/login/oauth2/code/company?" + query);
		assertThat(answer.status()).isIn(401, 404);
		assertThat(answer.body()).doesNotContain("<script>");
		assertThat(visit.get("/products").status()).isEqualTo(401);
	}

	@Test
	void whomTheProviderRefusesIsToldSoAndWrittenDown() {
		Visit visit = new Visit(this.port);
		String state = begin(visit).replaceAll(".*[?&]state=([^&]+).*", "$1");
		RawRequest.Answer answer = come(visit, "/login/oauth2/code/company?error=access_denied&state=" + state);
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.body()).contains("The sign-in service did not let you in");
		assertThat(this.jdbc.sql("SELECT details FROM audit_entry WHERE action = 'login.failed'")
			.query(String.class)
			.list()).containsExactly("{\"error\":\"access_denied\",\"provider\":\"company\"}");
	}

	private Visit signIn(String person) {
		Visit visit = new Visit(this.port);
		RawRequest.Answer answer = finish(visit, begin(visit), person);
		assertThat(answer.status()).as(answer.toString()).isEqualTo(303);
		return visit;
	}

	/** Where the provider asks who it is. */
	private String begin(Visit visit) {
		RawRequest.Answer answer = visit.get("/oauth2/authorization/company", "Host: 127.0.0.1:" + this.port);
		assertThat(answer.status()).as(answer.toString()).isEqualTo(302);
		return answer.header("Location").orElseThrow();
	}

	private RawRequest.Answer finish(Visit visit, String address, String person) {
		return come(visit, back(PROVIDER.authorize(address, person)));
	}

	private String back(RawRequest.Answer answer) {
		assertThat(answer.status()).as(answer.toString()).isEqualTo(302);
		String here = "http://127.0.0.1:" + this.port;
		assertThat(answer.header("Location").orElseThrow()).startsWith(here + "/login/oauth2/code/company?code=");
		return answer.header("Location").orElseThrow().substring(here.length());
	}

	private RawRequest.Answer come(Visit visit, String path) {
		return visit
			.keep(visit.request("GET", path).with("Host: 127.0.0.1:" + this.port).with(FROM_THE_PROVIDER).send());
	}

	private String audited(String actor) {
		return this.jdbc.sql("SELECT string_agg(action, ', ' ORDER BY id) FROM audit_entry WHERE actor = ?")
			.param(actor)
			.query(String.class)
			.single();
	}

}
