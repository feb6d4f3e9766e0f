package productimporter.access;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

import productimporter.platform.RequestRefused;

/**
 * Bounds what one user may do at once, so that there is room for the others: changes in a
 * time, uploads and progress streams. Who asks for more gets 429 and when to come again.
 */
final class UserLimits extends OncePerRequestFilter {

	private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

	/** A rate of so many seconds may come at once. */
	private static final int BURST = 10;

	private final AccessSettings settings;

	private final Refusals refusals;

	private final Buckets writes;

	private final PerUser uploads;

	private final PerUser streams;

	UserLimits(AccessSettings settings, Refusals refusals, Clock clock) {
		this.settings = settings;
		this.refusals = refusals;
		this.writes = new Buckets((long) settings.writesPerSecond() * BURST, Duration.ofSeconds(BURST), clock);
		this.uploads = new PerUser(settings.uploadsPerUser());
		this.streams = new PerUser(settings.streamsPerUser());
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Actor actor = Actor.of(request, AccessMode.PROTECTED);
		String user = (actor.role() != null) ? actor.name() : "address " + actor.address();
		if (!READING.contains(request.getMethod())) {
			Duration wait = this.writes.take(user);
			if (!wait.isZero()) {
				refuse(request, response, "too_many_changes", "You send more than " + this.settings.writesPerSecond()
						+ " changes a second. Send them slower, or as one file to /upload.", wait);
				return;
			}
		}
		if (RequestLimits.isUpload(request)) {
			counted(this.uploads, user, request, response, chain, "too_many_uploads", "You are sending "
					+ this.settings.uploadsPerUser() + " files already. Wait until one of them is sent.");
		}
		else if (request.getRequestURI().startsWith("/upload/progress/")) {
			counted(this.streams, user, request, response, chain, "too_many_streams", "You are watching "
					+ this.settings.streamsPerUser() + " runs already. Close one, or ask /upload/status.");
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private void counted(PerUser open, String user, HttpServletRequest request, HttpServletResponse response,
			FilterChain chain, String code, String words) throws ServletException, IOException {
		if (!open.enter(user)) {
			refuse(request, response, code, words, Duration.ofSeconds(5));
			return;
		}
		Leaving leaving = new Leaving(open, user);
		try {
			chain.doFilter(request, response);
			if (request.isAsyncStarted()) {
				request.getAsyncContext().addListener(leaving);
				return;
			}
		}
		catch (IllegalStateException ex) {
			// the stream has ended before the listener came
			leaving.leave();
			throw ex;
		}
		finally {
			if (!request.isAsyncStarted()) {
				leaving.leave();
			}
		}
	}

	private void refuse(HttpServletRequest request, HttpServletResponse response, String code, String words,
			Duration wait) throws ServletException {
		this.refusals.answer(request, response,
				new RequestRefused(HttpStatus.TOO_MANY_REQUESTS, code, words, null, wait));
	}

	/** Makes room again, once. */
	private static final class Leaving implements AsyncListener {

		private final AtomicBoolean left = new AtomicBoolean();

		private final PerUser open;

		private final String user;

		Leaving(PerUser open, String user) {
			this.open = open;
			this.user = user;
		}

		void leave() {
			if (this.left.compareAndSet(false, true)) {
				this.open.leave(this.user);
			}
		}

		@Override
		public void onComplete(AsyncEvent event) {
			leave();
		}

		@Override
		public void onTimeout(AsyncEvent event) {
			leave();
		}

		@Override
		public void onError(AsyncEvent event) {
			leave();
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
			event.getAsyncContext().addListener(this);
		}

	}

}
