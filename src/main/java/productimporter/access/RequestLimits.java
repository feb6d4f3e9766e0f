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

import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

import productimporter.platform.RequestRefused;

/**
 * Bounds the headers of every request (431) and the body of every one but uploads (413),
 * whose own limits are in the module {@code uploads}.
 */
final class RequestLimits extends OncePerRequestFilter {

	private final AccessSettings settings;

	private final Refusals refusals;

	RequestLimits(AccessSettings settings, Refusals refusals) {
		this.settings = settings;
		this.refusals = refusals;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (headers(request) > this.settings.maxHeaders().toBytes()) {
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
			this.refusals.answer(request, response, tooLarge());
		}
		else if (request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") != null) {
			chain.doFilter(new Bounded(request), response);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private RequestRefused tooLarge() {
		return new RequestRefused(HttpStatus.CONTENT_TOO_LARGE, "body_too_large",
				"The body of the request is larger than " + this.settings.maxBody().toKilobytes()
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
				throw tooLarge();
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
