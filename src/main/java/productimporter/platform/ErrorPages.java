package productimporter.platform;

import java.util.HashMap;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Shows people what {@link ProblemResponses} answers to programs. A browser that goes to
 * a page names {@code text/html} in its {@code Accept}; scripts, HTMX and other programs
 * don't, and get the JSON.
 */
@Component
class ErrorPages implements HandlerExceptionResolver, Ordered {

	private final ProblemResponses problems;

	ErrorPages(ProblemResponses problems) {
		this.problems = problems;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE + 10;
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception ex) {
		String accept = request.getHeader(HttpHeaders.ACCEPT);
		if (accept == null || !accept.contains(MediaType.TEXT_HTML_VALUE) || response.isCommitted()) {
			return null;
		}
		ResponseEntity<Object> answer = answer(ex, new ServletWebRequest(request, response));
		if (answer == null || !(answer.getBody() instanceof ProblemDetail problem)) {
			return null;
		}
		response.reset();
		SecurityHeaders.writeTo(request, response);
		answer.getHeaders().forEach((name, values) -> {
			if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
				values.forEach((value) -> response.addHeader(name, value));
			}
		});
		ModelAndView page = new ModelAndView("error", model(problem));
		page.setStatus(answer.getStatusCode());
		return page;
	}

	private @Nullable ResponseEntity<Object> answer(Exception ex, ServletWebRequest request) {
		try {
			if (ex instanceof FieldsInvalid invalid) {
				return this.problems.invalid(invalid, request);
			}
			return (ex instanceof RequestRefused refused) ? this.problems.refused(refused, request)
					: this.problems.handleException(ex, request);
		}
		catch (Exception unexpected) {
			return failed(ex, request);
		}
	}

	private @Nullable ResponseEntity<Object> failed(Exception ex, ServletWebRequest request) {
		try {
			return this.problems.failed(ex, request);
		}
		catch (Exception thrownOn) {
			return null;
		}
	}

	private static Map<String, Object> model(ProblemDetail problem) {
		Map<String, Object> model = new HashMap<>();
		model.put("status", problem.getStatus());
		if (problem.getDetail() != null) {
			model.put("detail", problem.getDetail());
		}
		Map<String, Object> properties = problem.getProperties();
		if (properties != null && properties.get("reference") != null) {
			model.put("reference", properties.get("reference"));
		}
		return model;
	}

}
