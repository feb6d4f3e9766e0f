package productimporter.access;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import productimporter.TestDatabases;
import productimporter.TestSettings;

/**
 * Tests of protected mode: one application for all of them, with a user of each role.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "importer.access.admin-password=" + ProtectedTest.ADMIN_PASSWORD,
				"importer.access.trusted-proxies=127.0.0.2", "importer.access.uploads-per-user=2",
				"importer.access.connections-per-user=8", "importer.access.streams-per-user=2",
				"importer.access.sessions-per-user=3" })
abstract class ProtectedTest {

	static final String ADMIN_PASSWORD = "the very first password";

	static final String PASSWORD = "a password for tests";

	/** Quick to check. */
	private static final String HASH = "{bcrypt}" + new BCryptPasswordEncoder(4).encode(PASSWORD);

	@LocalServerPort
	int port;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	UserTable users;

	@Autowired
	Tokens tokens;

	@Autowired
	TokenTable tokenTable;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) {
		TestSettings.set(registry, TestDatabases.freshDatabase(TestDatabases.embedded18()));
	}

	@BeforeEach
	void makeUsers() {
		for (Role role : Role.values()) {
			makeUser("the-" + role.code(), role);
		}
	}

	void makeUser(String name, Role role) {
		this.users.insert(UUID.randomUUID(), name, HASH, role, Instant.parse("2026-01-01T00:00:00Z"));
	}

	RawRequest request(String method, String path) {
		return new RawRequest(this.port, method, path);
	}

	Visit signIn(Role role) {
		return signIn("the-" + role.code());
	}

	Visit signIn(String name) {
		Visit visit = new Visit(this.port);
		RawRequest.Answer answer = visit.signIn(name, PASSWORD);
		if (answer.status() != 303) {
			throw new AssertionError(answer);
		}
		visit.get("/");
		return visit;
	}

	Map<Role, Visit> oneOfEach() {
		Map<Role, Visit> visits = new EnumMap<>(Role.class);
		for (Role role : Role.values()) {
			visits.put(role, signIn(role));
		}
		return visits;
	}

	Map<Role, String> tokenOfEach() {
		Map<Role, String> shown = new EnumMap<>(Role.class);
		for (Role role : Role.values()) {
			shown.put(role, this.tokens.create("t" + UUID.randomUUID(), role.code(), null, "test").shown());
		}
		return shown;
	}

}
