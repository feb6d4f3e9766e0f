package productimporter.platform;

import java.net.URI;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A typo in a query is never read as "no filter".
 */
class StrictQueryParametersTests {

	private final MockMvcTester mvc = MockMvcTester.of(List.of(new Strict(), new Lenient()),
			(builder) -> builder.setControllerAdvice(new ProblemResponses())
				.addInterceptors(new StrictQueryParameters())
				.build());

	@Test
	void declaredParametersPass() {
		assertThat(this.mvc.get().uri("/list")).hasStatusOk();
		assertThat(this.mvc.get().uri("/list?page=1&page_size=2&sku=a%20b&price_min=3")).hasStatusOk();
	}

	@Test
	void anUnknownParameterIsNamedAndTheKnownOnesAreListed() {
		assertRefused("/list?sku=a&skuu=b", "parameter_unknown", "skuu");
		assertThat(this.mvc.get().uri("/list?skuu=b")).bodyJson()
			.extractingPath("$.detail")
			.asString()
			.endsWith("Known are: page, page_size, price_min, sku.");
		// a record's component is known by the name it is bound to alone
		assertRefused("/list?priceMin=3", "parameter_unknown", "priceMin");
		assertRefused("/list?=3", "parameter_unknown", "");
	}

	@Test
	void anEmptyParameterIsRefused() {
		assertRefused("/list?sku=", "parameter_empty", "sku");
		assertRefused("/list?sku", "parameter_empty", "sku");
		assertRefused("/list?sku=%20", "parameter_empty", "sku");
	}

	@Test
	void aRepeatedParameterIsRefused() {
		assertRefused("/list?sku=a&sku=b", "parameter_repeated", "sku");
	}

	@Test
	void fieldsOfAFormAreNoQueryParameters() {
		assertThat(this.mvc.post()
			.uri("/change")
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.content("name=&anything=x")).hasStatusOk();
		assertThat(this.mvc.post().uri("/change?anything=x")).hasStatus(HttpStatus.BAD_REQUEST);
	}

	@Test
	void theAnnotationMayStandOnOneMethod() {
		assertThat(this.mvc.get().uri("/lenient?anything=")).hasStatusOk();
		assertRefused("/strict?anything=", "parameter_unknown", "anything");
	}

	@Test
	void aStrayPercentSignIsRefused() {
		assertThat(this.mvc.get().uri("/list").with((request) -> {
			request.setQueryString("sku=100%");
			return request;
		})).hasStatus(HttpStatus.BAD_REQUEST)
			.bodyJson()
			.isLenientlyEqualTo("{\"code\": \"parameter_malformed\", \"field\": \"sku\"}");
	}

	private void assertRefused(String uri, String code, String field) {
		assertThat(this.mvc.get().uri(URI.create(uri))).hasStatus(HttpStatus.BAD_REQUEST)
			.bodyJson()
			.isLenientlyEqualTo("{\"code\": \"" + code + "\", \"field\": \"" + field + "\"}");
	}

	record Filter(String sku, @BindParam("price_min") Integer priceMin) {
	}

	@RestController
	@StrictParameters
	static class Strict {

		@GetMapping("/list")
		void list(@RequestParam(defaultValue = "1") int page,
				@RequestParam(name = "page_size", required = false) String s, @ModelAttribute Filter filter) {
		}

		@PostMapping("/change")
		void change() {
		}

	}

	@RestController
	static class Lenient {

		@GetMapping("/lenient")
		void lenient() {
		}

		@StrictParameters
		@GetMapping("/strict")
		void strict() {
		}

	}

}
