package productimporter.platform;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.PositiveOrZero;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a sender is told when something went wrong.
 */
@ExtendWith(OutputCaptureExtension.class)
class ProblemResponsesTests {

	private final MockMvcTester mvc = MockMvcTester.of(List.of(new Failing()),
			(builder) -> builder.setControllerAdvice(new ProblemResponses()).build());

	@Test
	void aRefusalNamesCodeAndFieldAndWhenToComeBack() {
		assertThat(this.mvc.get().uri("/refused")).hasStatus(HttpStatus.CONFLICT)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.hasHeader("Retry-After", "5")
			.bodyJson()
			.isLenientlyEqualTo(
					"""
							{"type": "about:blank", "title": "Conflict", "status": 409, "detail": "Taken. Choose another.", "instance": "/refused",
							 "code": "sku_taken", "field": "sku"}
							""");
	}

	@Test
	void aBrowserGetsProblemJsonToo() {
		assertThat(this.mvc.get().uri("/refused").accept(MediaType.TEXT_HTML)).hasStatus(HttpStatus.CONFLICT)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void whatFailsInsideIsLoggedAndNotAnswered(CapturedOutput output) {
		MvcTestResult result = this.mvc.get().uri("/failing").exchange();
		assertThat(result).hasStatus(HttpStatus.INTERNAL_SERVER_ERROR)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyText()
			.doesNotContain("SELECT", "Exception", "\tat ");
		assertThat(result).bodyJson()
			.extractingPath("$.reference")
			.asString()
			.satisfies((reference) -> assertThat(output).contains(reference).contains("SELECT secret"));
	}

	@Test
	void springsOwnExceptionsThatAreTheServersFaultAreLoggedToo(CapturedOutput output) {
		assertThat(this.mvc.get().uri("/miswired")).hasStatus(HttpStatus.INTERNAL_SERVER_ERROR)
			.bodyJson()
			.isLenientlyEqualTo("{\"code\": \"internal_error\"}");
		assertThat(output).contains("MissingPathVariableException");
	}

	@Test
	void anAnswerThatFailsHalfWayIsBrokenOffInsteadOfEndingInAProblem() {
		assertThat(this.mvc.get().uri("/halfway")).hasFailed().failure().hasRootCauseMessage("the other half is lost");
	}

	@Test
	void everyBadFieldOfABodyIsNamed() {
		assertThat(post("{\"name\": \" \", \"unit_price\": -1}")).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
			.bodyJson()
			.isLenientlyEqualTo("{\"code\": \"invalid\"}")
			.extractingPath("$.errors[*].field")
			.asArray()
			.containsExactlyInAnyOrder("name", "unit_price");
	}

	@Test
	void oneBadFieldIsNamedAtTheTopToo() {
		assertThat(post("{\"name\": \"\"}")).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
			.bodyJson()
			.isLenientlyEqualTo("""
					{"code": "not_blank", "field": "name", "detail": "name: must not be blank",
					 "errors": [{"field": "name", "code": "not_blank", "message": "must not be blank"}]}
					""");
	}

	@Test
	void aFieldOfTheWrongTypeIsNamedWithoutOurClassNames() {
		MvcTestResult result = post("{\"name\": \"n\", \"unit_price\": \"dear\"}");
		assertThat(result).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT).bodyJson().isLenientlyEqualTo("""
				{"code": "type_mismatch", "field": "unit_price", "detail": "unit_price: must be a number"}
				""");
		assertThat(result).bodyText().doesNotContain("BigDecimal");
	}

	@Test
	void aBodyThatIsNoJsonIsABadRequest() {
		assertThat(post("{\"name\": ")).hasStatus(HttpStatus.BAD_REQUEST)
			.bodyJson()
			.isLenientlyEqualTo("{\"code\": \"body_malformed\"}");
	}

	@Test
	void queryParametersOfTheWrongTypeAreNamed() {
		assertThat(this.mvc.get().uri("/list?page=one")).hasStatus(HttpStatus.BAD_REQUEST)
			.bodyJson()
			.isLenientlyEqualTo("""
					{"code": "type_mismatch", "field": "page",
					 "errors": [{"field": "page", "code": "type_mismatch", "message": "must be a whole number"}]}
					""");
		assertThat(this.mvc.get().uri("/list?price_min=cheap&active=perhaps")).hasStatus(HttpStatus.BAD_REQUEST)
			.bodyJson()
			.extractingPath("$.errors[*].message")
			.asArray()
			.containsExactlyInAnyOrder("must be a number", "must be true or false");
	}

	@Test
	void queryParametersOutOfRangeOrMissingAreNamed() {
		assertThat(this.mvc.get().uri("/list?page=0")).hasStatus(HttpStatus.BAD_REQUEST)
			.bodyJson()
			.isLenientlyEqualTo("{\"code\": \"min\", \"field\": \"page\"}");
		assertThat(this.mvc.get().uri("/list?price_min=-1")).hasStatus(HttpStatus.BAD_REQUEST)
			.bodyJson()
			.isLenientlyEqualTo("{\"code\": \"positive_or_zero\", \"field\": \"price_min\"}");
		assertThat(this.mvc.get().uri("/needed")).hasStatus(HttpStatus.BAD_REQUEST)
			.bodyJson()
			.isLenientlyEqualTo("{\"code\": \"parameter_missing\", \"field\": \"after\"}");
	}

	@Test
	void aPathWithoutAUuidIsABadRequest() {
		assertThat(this.mvc.get().uri("/one/7")).hasStatus(HttpStatus.BAD_REQUEST)
			.bodyJson()
			.isLenientlyEqualTo("{\"field\": \"id\", \"detail\": \"id: must be a UUID\"}");
	}

	@Test
	void springsOwnRefusalsHaveACodeToo() {
		assertThat(this.mvc.delete().uri("/refused")).hasStatus(HttpStatus.METHOD_NOT_ALLOWED)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.hasHeader("Allow", "GET")
			.bodyJson()
			.isLenientlyEqualTo("{\"code\": \"method_not_allowed\"}");
	}

	private MvcTestResult post(String json) {
		return this.mvc.post().uri("/create").contentType(MediaType.APPLICATION_JSON).content(json).exchange();
	}

	record Created(@NotBlank String name, @JsonProperty("unit_price") @PositiveOrZero BigDecimal unitPrice) {
	}

	record Filter(@BindParam("price_min") @PositiveOrZero BigDecimal priceMin, Boolean active) {
	}

	@RestController
	static class Failing {

		@GetMapping("/refused")
		void refused() {
			throw new RequestRefused(HttpStatus.CONFLICT, "sku_taken", "Taken. Choose another.", "sku",
					Duration.ofSeconds(5));
		}

		@GetMapping("/failing")
		void failing() {
			throw new IllegalStateException("SELECT secret FROM products");
		}

		@GetMapping("/miswired")
		void miswired(@PathVariable String absent) {
		}

		@GetMapping("/halfway")
		void halfway(HttpServletResponse response) throws IOException {
			response.getWriter().write("sku,name");
			response.flushBuffer();
			throw new IllegalStateException("the other half is lost");
		}

		@PostMapping("/create")
		void create(@RequestBody @Valid Created created) {
		}

		@GetMapping("/list")
		void list(@RequestParam(defaultValue = "1") @Min(1) int page, @Valid @ModelAttribute Filter filter) {
		}

		@GetMapping("/needed")
		void needed(@RequestParam String after) {
		}

		@GetMapping("/one/{id}")
		void one(@PathVariable UUID id) {
		}

	}

}
