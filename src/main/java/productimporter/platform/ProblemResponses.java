package productimporter.platform;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Answers whatever went wrong as {@code application/problem+json} (RFC 9457), always with
 * a member {@code code}, with {@code field} where one is to blame, and with
 * {@code errors} where several may be. What went wrong inside is logged and never
 * answered: a reference leads from one to the other.
 */
@RestControllerAdvice
class ProblemResponses extends ResponseEntityExceptionHandler {

	private static final Logger log = LoggerFactory.getLogger(ProblemResponses.class);

	@ExceptionHandler
	ResponseEntity<Object> refused(RequestRefused ex, WebRequest request) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(ex.status(), ex.getMessage());
		problem.setProperty("code", ex.code());
		if (ex.field() != null) {
			problem.setProperty("field", ex.field());
		}
		ex.members().forEach(problem::setProperty);
		HttpHeaders headers = new HttpHeaders();
		if (ex.retryAfter() != null) {
			headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, ex.retryAfter().toSeconds())));
		}
		return createResponseEntity(problem, headers, ex.status(), request);
	}

	@ExceptionHandler
	ResponseEntity<Object> invalid(FieldsInvalid ex, WebRequest request) {
		return invalid(HttpStatus.UNPROCESSABLE_CONTENT, ex.problems(), new HttpHeaders(), request);
	}

	/**
	 * Whatever nobody expected. An answer already under way is broken off, by throwing
	 * the exception on: nobody must take half an export for a whole one.
	 */
	@ExceptionHandler
	@Nullable ResponseEntity<Object> failed(Exception ex, ServletWebRequest webRequest) throws Exception {
		HttpServletRequest request = webRequest.getRequest();
		if (DisconnectedClientHelper.isClientDisconnectedException(ex)) {
			log.debug("{} {}: the client has gone", request.getMethod(), request.getRequestURI(), ex);
			return null;
		}
		String reference = UUID.randomUUID().toString();
		log.error("{} {} failed, reference {}", request.getMethod(), request.getRequestURI(), reference, ex);
		if (webRequest.getResponse() != null && webRequest.getResponse().isCommitted()) {
			throw ex;
		}
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.INTERNAL_SERVER_ERROR,
				"Something went wrong in the server. Its log says what, under the reference " + reference + ".");
		problem.setProperty("code", "internal_error");
		problem.setProperty("reference", reference);
		return createResponseEntity(problem, new HttpHeaders(), HttpStatus.INTERNAL_SERVER_ERROR, webRequest);
	}

	/**
	 * Some of Spring's own exceptions are the server's fault.
	 */
	@Override
	protected @Nullable ResponseEntity<Object> handleExceptionInternal(Exception ex, @Nullable Object body,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		if (status.value() != HttpStatus.INTERNAL_SERVER_ERROR.value()) {
			return super.handleExceptionInternal(ex, body, headers, status, request);
		}
		try {
			return failed(ex, (ServletWebRequest) request);
		}
		catch (Exception thrownOn) {
			return null;
		}
	}

	@Override
	protected ResponseEntity<Object> handleMethodArgumentNotValid(MethodArgumentNotValidException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		boolean body = ex.getParameter().hasParameterAnnotation(RequestBody.class);
		List<FieldProblem> errors = ex.getAllErrors().stream().map((error) -> FieldProblem.of(error, null)).toList();
		return invalid(body ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.BAD_REQUEST, errors, headers, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
			HandlerMethodValidationException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		if (ex.isForReturnValue()) {
			return super.handleHandlerMethodValidationException(ex, headers, status, request);
		}
		List<FieldProblem> errors = ex.getParameterValidationResults()
			.stream()
			.flatMap((result) -> result.getResolvableErrors()
				.stream()
				.map((error) -> FieldProblem.of(error, ParameterNames.nameOf(result.getMethodParameter()))))
			.toList();
		boolean body = ex.getParameterValidationResults()
			.stream()
			.allMatch((result) -> result.getMethodParameter().hasParameterAnnotation(RequestBody.class));
		return invalid(body ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.BAD_REQUEST, errors, headers, request);
	}

	@Override
	protected ResponseEntity<Object> handleTypeMismatch(TypeMismatchException ex, HttpHeaders headers,
			HttpStatusCode status, WebRequest request) {
		String field = (ex instanceof MethodArgumentTypeMismatchException mismatch) ? mismatch.getName()
				: ex.getPropertyName();
		FieldProblem problem = FieldProblem.wrongType((field != null) ? field : "value", ex.getRequiredType());
		return invalid(HttpStatus.BAD_REQUEST, List.of(problem), headers, request);
	}

	@Override
	protected ResponseEntity<Object> handleMissingServletRequestParameter(MissingServletRequestParameterException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		FieldProblem problem = new FieldProblem(ex.getParameterName(), "parameter_missing", "is required");
		return invalid(HttpStatus.BAD_REQUEST, List.of(problem), headers, request);
	}

	@Override
	protected ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		FieldProblem problem = UnreadableBody.blame(ex);
		if (problem != null) {
			return invalid(HttpStatus.UNPROCESSABLE_CONTENT, List.of(problem), headers, request);
		}
		ProblemDetail unreadable = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST,
				"The body is missing or is not valid JSON. Correct it and send it again.");
		unreadable.setProperty("code", "body_malformed");
		return createResponseEntity(unreadable, headers, HttpStatus.BAD_REQUEST, request);
	}

	private ResponseEntity<Object> invalid(HttpStatus status, List<FieldProblem> errors, HttpHeaders headers,
			WebRequest request) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, FieldsInvalid.inWords(errors));
		boolean one = errors.size() == 1;
		problem.setProperty("code", one ? errors.get(0).code() : "invalid");
		if (one && errors.get(0).field() != null) {
			problem.setProperty("field", errors.get(0).field());
		}
		problem.setProperty("errors", errors);
		return createResponseEntity(problem, headers, status, request);
	}

	/**
	 * Every answer passes here, Spring's own too.
	 */
	@Override
	protected ResponseEntity<Object> createResponseEntity(@Nullable Object body, HttpHeaders headers,
			HttpStatusCode status, WebRequest request) {
		if (body instanceof ProblemDetail problem) {
			problem.setType(URI.create("about:blank"));
			if (problem.getProperties() == null || !problem.getProperties().containsKey("code")) {
				HttpStatus known = HttpStatus.resolve(status.value());
				problem.setProperty("code", (known != null) ? known.name().toLowerCase(Locale.ROOT) : "refused");
			}
		}
		HttpHeaders all = new HttpHeaders();
		all.putAll(headers);
		all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		return new ResponseEntity<>(body, all, status);
	}

}
