package productimporter.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.springdoc.core.customizers.OpenApiCustomizer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

/**
 * {@code GET /openapi}: springdoc describes what it sees in the code, at the first
 * request; {@code openapi.yaml} adds what the code doesn't show (bodies that are read as
 * streams, what a call is for), and every call may answer a problem.
 */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

	private static final String PROBLEM = "Problem";

	private static final PropertyNamingStrategies.SnakeCaseStrategy SNAKE_CASE = new PropertyNamingStrategies.SnakeCaseStrategy();

	/**
	 * swagger-core works with Jackson 2, our JSON with Jackson 3: the names agree here.
	 */
	@Bean
	ModelResolver snakeCaseModels() {
		return new ModelResolver(Json.mapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
	}

	@Bean
	OpenApiCustomizer addWhatTheCodeDoesNotShow() {
		return (described) -> {
			OpenAPI added = read();
			described.setInfo(added.getInfo());
			described.setServers(added.getServers());
			added.getComponents().getSchemas().forEach(described.getComponents()::addSchemas);
			added.getPaths().forEach((path, calls) -> {
				PathItem found = described.getPaths().get(path);
				if (found == null) {
					described.getPaths().addPathItem(path, calls);
					return;
				}
				calls.readOperationsMap().forEach((method, call) -> {
					Operation operation = found.readOperationsMap().get(method);
					if (operation == null) {
						found.operation(method, call);
					}
					else {
						merge(call, operation);
					}
				});
			});
			described.getPaths().values().forEach((calls) -> calls.readOperations().forEach(ApiDescription::finish));
		};
	}

	private static void merge(Operation added, Operation described) {
		described.setSummary(added.getSummary());
		if (added.getDescription() != null) {
			described.setDescription(added.getDescription());
		}
		if (added.getRequestBody() != null) {
			described.setRequestBody(added.getRequestBody());
		}
		if (added.getResponses() != null) {
			described.setResponses(added.getResponses());
		}
		if (added.getParameters() != null) {
			for (Parameter parameter : added.getParameters()) {
				if (described.getParameters() != null) {
					described.getParameters().removeIf((known) -> known.getName().equals(parameter.getName()));
				}
				described.addParametersItem(parameter);
			}
		}
	}

	private static void finish(Operation operation) {
		if (operation.getParameters() != null) {
			operation.getParameters()
				.stream()
				.filter((parameter) -> "query".equals(parameter.getIn()))
				.forEach((parameter) -> parameter.setName(SNAKE_CASE.translate(parameter.getName())));
		}
		operation.getResponses()
			.addApiResponse("default",
					new ApiResponse().description("What went wrong and what to do (RFC 9457)")
						.content(new Content().addMediaType("application/problem+json", new MediaType()
							.schema(new Schema<Map<String, Object>>().$ref("#/components/schemas/" + PROBLEM)))));
	}

	private static OpenAPI read() {
		try (InputStream in = new ClassPathResource("openapi.yaml").getInputStream()) {
			return Yaml31.mapper().readValue(in, OpenAPI.class);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
