package productimporter.access;

import java.io.IOException;
import java.util.Collections;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

import productimporter.platform.RequestRefused;

/**
 * Bounds the headers of every request (431) and the body of every one but uploads (413),
 * whose own limits are in the module {@code uploads}, and answers where
 * {@link SlowBodies} has no thread left (503). Parameters are read here first, so that
 * those which the server can't read are answered in words wherever they would have been
 * asked for.
 */
final class RequestLimits extends OncePerRequestFilter {

	private final AccessSettings settings;

	private final DataSize maxForm;

	private final Refusals refusals;

	/**
	 * @param maxForm the server's own limit of forms
	 */
	RequestLimits(AccessSettings settings, DataSize maxForm, Refusals refusals) {
		this.settings = settings;
		this.maxForm = maxForm;
		this.refusals = refusals;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (request.getAttribute(SlowBodies.REFUSED) != null) {
			this.refusals.answer(request, response, SlowBodies.refused());
		}
		else if (headers(request) > this.settings.maxHeaders().toBytes()) {
			this.refusals.answer(request, response,
					new RequestRefused(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "headers_too_large",
							"The headers of the request take more than " + this.settings.maxHeaders().toKilobytes()
									+ " KB. Send shorter ones; a browser may have too many cookies of this name.",
							null));
		}
		else if (isUpload(request)) {
			chain.doFilter(request, response);
		}
		else if (request.getContentLengthLong() > this.settings.maxBody().toBytes()) {
			this.refusals.answer(request, response, tooLarge(this.settings.maxBody().toKilobytes()));
		}
		else if (readsParameters(request, response)) {
			boolean lengthUnknown = request.getContentLengthLong() < 0
					&& request.getHeader("Transfer-Encoding") != null;
			chain.doFilter(lengthUnknown ? new Bounded(request) : request, response);
		}
	}

	/** Those of the query and of a form, which the server keeps. */
	private boolean readsParameters(HttpServletRequest request, HttpServletResponse response) throws ServletException {
		try {
			request.getParameterMap();
			return true;
		}
		catch (RequestRefused ex) {
			this.refusals.answer(request, response, ex);
			return false;
		}
		catch (InvalidParameterException ex) {
			this.refusals.answer(request, response, (ex
				.getErrorCode() == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE) ? tooLarge(this.maxForm
					.toKilobytes()) : new RequestRefused(HttpStatus.BAD_REQUEST, "parameters_malformed",
							"The query or the form can't be read: after each % come two hexadecimal digits, and all of it is UTF-8. Correct it and send it again.",
							null));
			return false;
		}
	}

	private static RequestRefused tooLarge(long kilobytes) {
		return new RequestRefused(HttpStatus.CONTENT_TOO_LARGE, "body_too_large",
				"The body of the request is larger than " + kilobytes
						+ " KB. Send less at once; files of products go to /upload.",
				null);
	}

	private static long headers(HttpServletRequest request) {
		long length = request.getRequestURI().length();
		length += (request.getQueryString() != null) ? request.getQueryString().length() : 0;
		for (String name : Collections.list(request.getHeaderNames())) {
			for (String value : Collections.list(request.getHeaders(name))) {
				length += name.length() + value.length() + 4L;
			}
		}
		return length;
	}

	static boolean isUpload(HttpServletRequest request) {
		String path = request.getRequestURI();
		return request.getMethod().equals("POST") && (path.equals("/upload") || path.equals("/ui/uploads"));
	}

	/** A body of which nobody has said how long it is. */
	private final class Bounded extends HttpServletRequestWrapper {

		Bounded(HttpServletRequest request) {
			super(request);
		}

		@Override
		public ServletInputStream getInputStream() throws IOException {
			return new Counted(super.getInputStream());
		}

	}

	private final class Counted extends ServletInputStream {

		private final ServletInputStream body;

		private long left = RequestLimits.this.settings.maxBody().toBytes();

		Counted(ServletInputStream body) {
			this.body = body;
		}

		@Override
		public int read() throws IOException {
			int read = this.body.read();
			count((read < 0) ? 0 : 1);
			return read;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			int read = this.body.read(bytes, offset, length);
			count(Math.max(0, read));
			return read;
		}

		private void count(int read) {
			this.left -= read;
			if (this.left < 0) {
				throw tooLarge(RequestLimits.this.settings.maxBody().toKilobytes());
			}
		}

		@Override
		public boolean isFinished() {
			return this.body.isFinished();
		}

		@Override
		public boolean isReady() {
			return this.body.isReady();
		}

		@Override
		public void setReadListener(ReadListener listener) {
			this.body.setReadListener(listener);
		}

	}

}
