package productimporter.access;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every call that the application answers, taken from its own mappings, by everybody, in
 * every way: what {@link AccessRules} says is what happens. A mapping without a rule
 * fails here.
 */
class AccessTableTests extends ProtectedTest {

	private static final String ID = "00000000-0000-7000-8000-000000000000";

	/** A filter answers these, or they are below another mapping. */
	private static final List<Call> BESIDE = List.of(new Call("POST", "/logout"), new Call("GET", "/sample.csv"),
			new Call("GET", "/assets/nothing.js"), new Call("GET", "/webjars/nothing.js"));

	/**
	 * Answers of who guards the door, by status and code; all others come from inside.
	 */
	private static final Set<String> CLOSED = Set.of("not_signed_in", "credentials_wrong", "not_allowed",
			"csrf_token_missing");

	@Autowired
	ApplicationContext context;

	@Test
	void everyMappingHasARule() {
		List<Call> without = calls().stream().filter((call) -> rule(call) == null).toList();
		assertThat(without).as("mappings without a line in AccessRules").isEmpty();
		assertThat(calls()).hasSizeGreaterThan(60)
			.contains(new Call("GET", "/ws"), new Call("GET", "/actuator/health"),
					new Call("DELETE", "/products/" + ID), new Call("POST", "/ui/users/" + ID + "/delete"));
	}

	@Test
	void everyCallThatChangesSomethingIsNamedInTheAuditOrIsWrittenWhereItIsDone() {
		List<Call> silent = calls().stream()
			.filter((call) -> !call.method().equals("GET"))
			.filter((call) -> rule(call).audit() == null)
			.filter((call) -> !call.path().matches("/(login|logout|error|(ui/)?(users|tokens|account)(/.*)?)"))
			.toList();
		assertThat(silent).isEmpty();
	}

	@Test
	void everyCallIsAnsweredToWhomItIsMeantAndNobodyElse() {
		Map<Role, Visit> visits = oneOfEach();
		Map<Role, String> tokens = tokenOfEach();
		List<String> wrong = new ArrayList<>();
		for (Call call : calls()) {
			Role needed = rule(call).role();
			boolean open = needed == null;
			check(call, "nobody", answer(call), open && isReading(call), wrong);
			for (Role role : Role.values()) {
				boolean allowed = open || role.may(needed);
				Visit visit = visits.get(role);
				check(call, role + " in a browser without CSRF token",
						send(call, visit.request(call.method(), call.path())), allowed && isReading(call), wrong);
				if (!call.path().equals("/logout")) {
					check(call, role + " in a browser",
							send(call, visit.request(call.method(), call.path()).with(visit.csrf())), allowed, wrong);
				}
				check(call, role + " with a token",
						send(call,
								request(call.method(), call.path()).with("Authorization: Bearer " + tokens.get(role))),
						allowed, wrong);
				check(call, role + " with Basic", send(call, request(call.method(), call.path())
					.with("Authorization: Basic " + basic("the-" + role.code()))), allowed, wrong);
			}
		}
		assertThat(wrong).isEmpty();
	}

	@Test
	void whatNoRuleKnowsIsNotThere() {
		for (String path : List.of("/nothing", "/js/main.js", "/css/pi.css", "/static/js/main.js", "/actuator/env",
				"/actuator/heapdump", "/application.yml", "/WEB-INF/web.xml", "/users/" + ID + "/x")) {
			RawRequest.Answer nobody = request("GET", path).send();
			assertThat(nobody.status()).as(path).isIn(401, 404);
			RawRequest.Answer admin = signIn(Role.ADMIN).get(path);
			assertThat(admin.status()).as(path).isIn(404, 405);
		}
	}

	@Test
	void noDetourLeadsToWhatIsClosed() {
		Visit viewer = signIn(Role.VIEWER);
		for (String path : List.of("//users", "/users/", "/./users", "/x/../users", "/users;x=1", "/%75sers",
				"/users%2f", "/USERS", "/login/../users", "/assets/../users", "/assets/%2e%2e/users", "/users%00",
				"/users.json", "/assets/..;/users", "/\\users", "/users#x")) {
			assertThat(viewer.get(path).status()).as(path).isIn(400, 403, 404);
			assertThat(request("GET", path).send().status()).as(path).isIn(400, 401, 404);
		}
		assertThat(viewer.request("GET", "/users")
			.with("X-HTTP-Method-Override: DELETE", "X-Original-URL: /products")
			.send()
			.status()).isEqualTo(403);
	}

	private void check(Call call, String who, RawRequest.Answer answer, boolean allowed, List<String> wrong) {
		boolean closed = CLOSED.contains(answer.code())
				|| answer.header("Location").orElse("").startsWith("/login?next");
		if (closed == allowed) {
			wrong.add(call + " by " + who + ": " + answer.status() + " " + answer.code());
		}
	}

	private RawRequest.Answer answer(Call call) {
		return send(call, request(call.method(), call.path()));
	}

	private static RawRequest.Answer send(Call call, RawRequest request) {
		return (isReading(call) ? request : request.with("Content-Length: 0")).send();
	}

	private static boolean isReading(Call call) {
		return call.method().equals("GET");
	}

	private static String basic(String name) {
		return Base64.getEncoder().encodeToString((name + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
	}

	private static AccessRules.Rule rule(Call call) {
		return AccessRules.of(call.method(), PathContainer.parsePath(call.path())).orElse(null);
	}

	private List<Call> calls() {
		Map<String, Call> calls = new TreeMap<>();
		for (RequestMappingInfoHandlerMapping mapping : this.context
			.getBeansOfType(RequestMappingInfoHandlerMapping.class)
			.values()) {
			mapping.getHandlerMethods().keySet().forEach((info) -> add(info, calls));
		}
		for (AbstractUrlHandlerMapping mapping : this.context.getBeansOfType(AbstractUrlHandlerMapping.class)
			.values()) {
			mapping.getHandlerMap()
				.keySet()
				.stream()
				.filter((path) -> !path.contains("**"))
				.forEach((path) -> add(new Call("GET", path), calls));
		}
		BESIDE.forEach((call) -> add(call, calls));
		return List.copyOf(calls.values());
	}

	private static void add(RequestMappingInfo info, Map<String, Call> calls) {
		for (String pattern : info.getPatternValues()) {
			String path = pattern.replaceAll("\\{\\*?provider}", "any")
				.replaceAll("\\{[^}]*}", ID)
				.replace("/**", "/" + ID);
			Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
			if (methods.isEmpty()) {
				add(new Call("GET", path), calls);
				add(new Call("POST", path), calls);
			}
			methods.forEach((method) -> add(new Call(method.name(), path), calls));
		}
	}

	private static void add(Call call, Map<String, Call> calls) {
		calls.put(call.path() + " " + call.method(), call);
	}

	record Call(String method, String path) {

		@Override
		public String toString() {
			return this.method + " " + this.path;
		}

	}

}
