package productimporter;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code GET /openapi} describes the calls that there are.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ApiDescriptionTests {

	@LocalServerPort
	int port;

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	RequestMappingHandlerMapping mappings;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) {
		TestSettings.set(registry, TestDatabases.freshDatabase(TestDatabases.embedded18()));
	}

	@Test
	void everyCallOfTheApplicationIsDescribedAndNoOther() {
		Set<String> described = new TreeSet<>();
		description().get("paths")
			.properties()
			.forEach((path) -> path.getValue()
				.propertyNames()
				.forEach((method) -> described.add(method.toUpperCase() + " " + path.getKey())));
		Set<String> there = new TreeSet<>();
		this.mappings.getHandlerMethods().forEach((mapping, handler) -> {
			if (isCall(handler)) {
				there.addAll(calls(mapping));
			}
		});
		assertThat(described).isEqualTo(there);
		assertThat(described).contains("POST /upload", "GET /upload", "GET /upload/status/{taskId}",
				"GET /upload/progress/{taskId}", "GET /upload/errors/{taskId}", "POST /upload/retry/{taskId}",
				"POST /upload/stop/{taskId}", "GET /products", "POST /products", "GET /products/{id}",
				"PUT /products/{id}", "PATCH /products/{id}", "DELETE /products/{id}", "GET /jobs",
				"GET /jobs/{taskId}", "POST /jobs/{taskId}/restart", "POST /jobs/{taskId}/stop");
	}

	@Test
	void everyCallSaysWhatItIsForAndThatItMayAnswerAProblem() {
		List<String> wanting = new ArrayList<>();
		description().get("paths").properties().forEach((path) -> path.getValue().properties().forEach((call) -> {
			JsonNode operation = call.getValue();
			if (operation.path("summary").asString("").isEmpty()
					|| !operation.at("/responses/default/content").has("application/problem+json")) {
				wanting.add(call.getKey() + " " + path.getKey());
			}
		}));
		assertThat(wanting).as("add them to src/main/resources/openapi.yaml").isEmpty();
	}

	@Test
	void namesAreThoseOfTheAnswers() {
		JsonNode schemas = description().at("/components/schemas");
		JsonNode status = new ImporterClient(this.port).json("/upload");
		assertThat(status.propertyNames()).isSubsetOf(schemas.at("/History/properties").propertyNames());
		assertThat(schemas.at("/ImportStatus/properties").propertyNames()).contains("task_id", "rows_read",
				"rows_per_second", "error_code");
		List<String> filters = new ArrayList<>();
		description().at("/paths/~1products/get/parameters")
			.forEach((parameter) -> filters.add(parameter.get("name").asString()));
		assertThat(filters).containsExactlyInAnyOrder("page", "size", "after", "sort", "sku", "name", "description",
				"active", "price_min", "price_max", "updated_since");
	}

	private JsonNode description() {
		return new ImporterClient(this.port).json("/openapi");
	}

	private static boolean isCall(HandlerMethod handler) {
		return handler.getBeanType().isAnnotationPresent(RestController.class)
				&& handler.getBeanType().getPackageName().startsWith("productimporter");
	}

	private static Set<String> calls(RequestMappingInfo mapping) {
		Set<String> calls = new TreeSet<>();
		for (String path : mapping.getPatternValues()) {
			for (RequestMethod method : mapping.getMethodsCondition().getMethods()) {
				calls.add(method + " " + path);
			}
		}
		return calls;
	}

}
