package productimporter.access;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signing in and out, sessions, passwords, tokens.
 */
class SignInTests extends ProtectedTest {

	private static final String BROWSER = "Accept: text/html,application/xhtml+xml";

	@Test
	void theFirstAdminSignsInWithThePasswordOfTheEnvironment() {
		Visit visit = new Visit(this.port);
		RawRequest.Answer answer = visit.signIn("Admin ", ADMIN_PASSWORD);
		assertThat(answer.status()).isEqualTo(303);
		assertThat(answer.header("Location")).hasValue("/");
		assertThat(visit.get("/", BROWSER).body()).contains("Signed in as", "admin", "/ui/users");
		assertThat(
				this.jdbc.sql("SELECT password_hash FROM app_user WHERE name = 'admin'").query(String.class).single())
			.startsWith("{bcrypt}$2a$10$");
	}

	@Test
	void aPageLeadsToTheLoginAndBack() {
		Visit visit = new Visit(this.port);
		RawRequest.Answer page = visit.get("/ui/jobs?state=failed", BROWSER);
		assertThat(page.status()).isEqualTo(303);
		assertThat(page.header("Location")).hasValue("/login?next=%2Fui%2Fjobs%3Fstate%3Dfailed");
		RawRequest.Answer login = visit.get(page.header("Location").orElseThrow(), BROWSER);
		assertThat(login.body()).contains("name=\"next\" value=\"/ui/jobs?state=failed\"");
		assertThat(visit.post("/login", "username", "the-viewer", "password", PASSWORD, "next", "/ui/jobs?state=failed")
			.header("Location")).hasValue("/ui/jobs?state=failed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "evil",
			"javascript:alert(1)", "/a\r\nSet-Cookie: x=y", "/login", "" })
	void theWayBackNeverLeadsElsewhere(String next) {
		Visit visit = new Visit(this.port);
		visit.get("/login");
		assertThat(
				visit.post("/login", "username", "the-viewer", "password", PASSWORD, "next", next).header("Location"))
			.hasValue("/");
	}

	@Test
	void theCookieOfTheSessionIsOutOfReachAndNewAfterTheLogin() {
		Visit visit = new Visit(this.port);
		RawRequest.Answer answer = visit.signIn("the-viewer", PASSWORD);
		String cookie = answer.headers("Set-Cookie")
			.stream()
			.filter((one) -> one.startsWith("SESSION="))
			.findFirst()
			.orElseThrow();
		assertThat(cookie).contains("HttpOnly", "SameSite=Lax").doesNotContain("Secure");
		String before = visit.cookie("SESSION");
		visit.get("/");
		visit.post("/login", "username", "the-viewer", "password", PASSWORD);
		assertThat(visit.cookie("SESSION")).isNotEqualTo(before);
		visit.get("/");
		assertThat(request("GET", "/products").with("Cookie: SESSION=" + before).send().status()).isEqualTo(401);
		assertThat(request("GET", "/login").with("Cookie: SESSION=chosen-by-somebody-else").send().head())
			.doesNotContain("SESSION=chosen");
	}

	@Test
	void anonymousVisitorsLeaveNothingInTheDatabase() {
		long before = sessions();
		for (String path : List.of("/", "/login", "/ui/jobs", "/products", "/nothing")) {
			new Visit(this.port).get(path, BROWSER);
		}
		assertThat(sessions()).isEqualTo(before);
	}

	@Test
	void signingOutEndsTheSession() {
		Visit visit = signIn(Role.EDITOR);
		String session = visit.cookie("SESSION");
		assertThat(visit.post("/logout").header("Location")).hasValue("/login?out");
		assertThat(request("GET", "/products").with("Cookie: SESSION=" + session).send().status()).isEqualTo(401);
		assertThat(visit.get("/login?out").body()).contains("You are signed out");
	}

	@Test
	void aWrongPasswordIsSaidOnThePage() {
		Visit visit = new Visit(this.port);
		for (String name : List.of("the-viewer", "nobody-" + UUID.randomUUID(), "<script>alert(1)</script>")) {
			RawRequest.Answer answer = visit.signIn(name, "not the password", "X-Forwarded-For: 192.0.2.1", BROWSER);
			assertThat(answer.status()).isEqualTo(401);
			assertThat(answer.body()).contains("Name and password do not match").doesNotContain("<script>alert");
		}
	}

	@Test
	void whoIsSwitchedOffIsOutAtOnce() {
		makeUser("leaver", Role.EDITOR);
		Visit visit = signIn("leaver");
		Visit admin = signIn(Role.ADMIN);
		UUID id = id("leaver");
		assertThat(admin.post("/ui/users/" + id, "role", "editor", "enabled", "false").status()).isEqualTo(303);
		assertThat(visit.get("/products").status()).isEqualTo(401);
		assertThat(new Visit(this.port).signIn("leaver", PASSWORD).status()).isEqualTo(401);
	}

	@Test
	void anotherRoleCountsAtOnce() {
		makeUser("climber", Role.VIEWER);
		Visit visit = signIn("climber");
		assertThat(visit.get("/users").status()).isEqualTo(403);
		signIn(Role.ADMIN).post("/ui/users/" + id("climber"), "role", "admin", "enabled", "true");
		assertThat(visit.get("/users").status()).isEqualTo(401);
		assertThat(signIn("climber").get("/users").status()).isEqualTo(200);
		this.jdbc.sql("DELETE FROM app_user WHERE name = 'climber'").update();
	}

	/** A sign-in under way when the user changes is stored after the others are ended. */
	@ParameterizedTest
	@ValueSource(strings = { "UPDATE app_user SET role = 'viewer'", "UPDATE app_user SET enabled = false",
			"UPDATE app_user SET password_changed_at = now()", "DELETE FROM app_user" })
	void noSessionOutlivesAChangeOfItsUser(String change) {
		makeUser("racer", Role.ADMIN);
		Visit visit = signIn("racer");
		assertThat(visit.get("/users").status()).isEqualTo(200);
		this.jdbc.sql(change + " WHERE name = 'racer'").update();
		assertThat(visit.get("/users").status()).isEqualTo(401);
		assertThat(this.jdbc.sql("SELECT count(*) FROM spring_session WHERE principal_name = 'racer'")
			.query(Long.class)
			.single()).isZero();
		this.jdbc.sql("DELETE FROM app_user WHERE name = 'racer'").update();
	}

	@Test
	void theLastAdminStays() {
		Visit admin = new Visit(this.port);
		admin.signIn("admin", ADMIN_PASSWORD);
		admin.get("/");
		this.jdbc.sql("UPDATE app_user SET role = 'editor' WHERE name <> 'admin' AND role = 'admin'").update();
		try {
			UUID id = id("admin");
			assertThat(admin.post("/ui/users/" + id + "/delete").body()).contains("last admin");
			assertThat(admin.post("/ui/users/" + id, "role", "viewer", "enabled", "true").status()).isEqualTo(409);
			assertThat(admin.post("/ui/users/" + id, "role", "admin", "enabled", "false").status()).isEqualTo(409);
		}
		finally {
			this.jdbc.sql("UPDATE app_user SET role = 'admin' WHERE name = 'the-admin'").update();
		}
	}

	@Test
	void anOwnPasswordIsChangedAndEndsTheOtherSessions() {
		makeUser("changer", Role.VIEWER);
		Visit one = signIn("changer");
		Visit other = signIn("changer");
		assertThat(one.post("/ui/account/password", "present", "wrong", "password", "another long password").status())
			.isEqualTo(422);
		for (String bad : List.of("short", "aaaaaaaaaaaaaa", "password1234", "x".repeat(80) + "yzw")) {
			assertThat(one.post("/ui/account/password", "present", PASSWORD, "password", bad).status()).as(bad)
				.isEqualTo(422);
		}
		assertThat(one.post("/ui/account/password", "present", PASSWORD, "password", "another long password").status())
			.isEqualTo(303);
		assertThat(one.get("/products").status()).isEqualTo(200);
		assertThat(other.get("/products").status()).isEqualTo(401);
		assertThat(new Visit(this.port).signIn("changer", PASSWORD).status()).isEqualTo(401);
		assertThat(new Visit(this.port).signIn("changer", "another long password").status()).isEqualTo(303);
	}

	@Test
	void theOldestSessionMakesRoomForANewOne() {
		makeUser("many", Role.VIEWER);
		List<Visit> visits = List.of(signIn("many"), signIn("many"), signIn("many"));
		Visit fourth = signIn("many");
		assertThat(visits.get(0).get("/products").status()).isEqualTo(401);
		assertThat(visits.get(1).get("/products").status()).isEqualTo(200);
		assertThat(fourth.get("/products").status()).isEqualTo(200);
	}

	@Test
	void aTokenIsShownOnceKeptAsAHashAndRevoked() {
		Visit admin = signIn(Role.ADMIN);
		String body = admin.post("/ui/tokens", "name", "shop", "role", "editor", "days", "30").body();
		String token = body.replaceAll("(?s).*value=\"(pi_[^\"]+)\".*", "$1");
		assertThat(token).matches("pi_[A-Za-z0-9_-]{43}");
		assertThat(admin.get("/ui/tokens").body()).contains("shop").doesNotContain(token);
		assertThat(this.jdbc.sql("SELECT count(*) FROM api_token WHERE api_token::text LIKE '%' || ? || '%'")
			.param(token.substring(3))
			.query(Long.class)
			.single()).isZero();
		String bearer = "Authorization: Bearer " + token;
		assertThat(request("GET", "/products").with(bearer).send().status()).isEqualTo(200);
		assertThat(request("POST", "/products").with(bearer)
			.body("application/json", "{\"sku\":\"by-token\",\"name\":\"By token\"}")
			.send()
			.status()).isEqualTo(201);
		assertThat(request("GET", "/users").with(bearer).send().status()).isEqualTo(403);
		assertThat(this.jdbc.sql("SELECT last_used_at IS NOT NULL FROM api_token WHERE name = 'shop'")
			.query(Boolean.class)
			.single()).isTrue();
		String id = this.jdbc.sql("SELECT id::text FROM api_token WHERE name = 'shop'").query(String.class).single();
		assertThat(admin.post("/ui/tokens/" + id + "/revoke").status()).isEqualTo(303);
		assertThat(request("GET", "/products").with(bearer).send().code()).isEqualTo("credentials_wrong");
	}

	@Test
	void tokensOfWhoIsDeletedAreRevoked() {
		makeUser("maker", Role.ADMIN);
		String body = signIn("maker").post("/ui/tokens", "name", "left behind", "role", "admin", "days", "").body();
		String token = body.replaceAll("(?s).*value=\"(pi_[^\"]+)\".*", "$1");
		assertThat(request("GET", "/users").with("Authorization: Bearer " + token).send().status()).isEqualTo(200);
		signIn(Role.ADMIN).post("/ui/users/" + id("maker") + "/delete");
		assertThat(request("GET", "/users").with("Authorization: Bearer " + token).send().status()).isEqualTo(401);
	}

	@Test
	void tokensThatAreMadeByATokenGoWithTheUserBehindThem() {
		makeUser("maker", Role.ADMIN);
		String first = this.tokens.create("first", "admin", null, "maker").shown();
		String second = request("POST", "/tokens").with("Authorization: Bearer " + first)
			.body("application/json", "{\"name\":\"second\",\"role\":\"admin\"}")
			.send()
			.body()
			.replaceAll("(?s).*\"token\":\"(pi_[^\"]+)\".*", "$1");
		assertThat(request("GET", "/users").with("Authorization: Bearer " + second).send().status()).isEqualTo(200);
		signIn(Role.ADMIN).post("/ui/users/" + id("maker"), "role", "editor", "enabled", "true");
		assertThat(request("GET", "/users").with("Authorization: Bearer " + second).send().status()).isEqualTo(401);
		this.jdbc.sql("DELETE FROM app_user WHERE name = 'maker'").update();
	}

	@Test
	void aTokenThatIsTooOldIsNone() {
		String token = this.tokens.create("old", "viewer", 1, "test").shown();
		String bearer = "Authorization: Bearer " + token;
		assertThat(request("GET", "/products").with(bearer).send().status()).isEqualTo(200);
		this.jdbc.sql("UPDATE api_token SET expires_at = now() - interval '1 second' WHERE name = 'old'").update();
		assertThat(request("GET", "/products").with(bearer).send().status()).isEqualTo(401);
	}

	@Test
	void programsAreToldHowToSignInAndBrowsersAreNotAskedByAWindow() {
		RawRequest.Answer program = request("GET", "/products").send();
		assertThat(program.status()).isEqualTo(401);
		assertThat(program.headers("WWW-Authenticate")).anyMatch((one) -> one.startsWith("Basic"))
			.anyMatch((one) -> one.startsWith("Bearer"));
		RawRequest.Answer script = request("GET", "/products").with("Sec-Fetch-Site: same-origin").send();
		assertThat(script.headers("WWW-Authenticate")).noneMatch((one) -> one.startsWith("Basic"));
	}

	@Test
	void theApiOfUsersDoesWhatThePagesDo() {
		String bearer = "Authorization: Bearer " + this.tokens.create("api", "admin", null, "test").shown();
		RawRequest.Answer made = request("POST", "/users").with(bearer)
			.body("application/json", "{\"name\":\"api-user\",\"password\":\"" + PASSWORD + "\",\"role\":\"viewer\"}")
			.send();
		assertThat(made.status()).isEqualTo(201);
		assertThat(made.body()).contains("\"role\":\"viewer\"", "\"password_changed_at\"")
			.doesNotContain("hash", PASSWORD);
		String path = made.header("Location").orElseThrow();
		assertThat(request("PUT", path).with(bearer).body("application/json", "{\"role\":\"editor\"}").send().body())
			.contains("\"role\":\"editor\"");
		RawRequest.Answer bad = request("POST", "/users").with(bearer)
			.body("application/json", "{\"name\":\"<b>\",\"password\":\"short\",\"role\":\"root\"}")
			.send();
		assertThat(bad.status()).isEqualTo(422);
		assertThat(bad.body()).contains("name_invalid", "password_short", "role_unknown");
		assertThat(request("DELETE", path).with(bearer).send().status()).isEqualTo(204);
		assertThat(request("GET", path).with(bearer).send().status()).isEqualTo(404);
	}

	private UUID id(String name) {
		return this.jdbc.sql("SELECT id FROM app_user WHERE name = ?").param(name).query(UUID.class).single();
	}

	private long sessions() {
		return this.jdbc.sql("SELECT count(*) FROM spring_session").query(Long.class).single();
	}

}
