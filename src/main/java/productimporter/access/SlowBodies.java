package productimporter.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

import productimporter.platform.RequestRefused;

/**
 * Keeps senders who take their time from taking all threads. Headers are read without a
 * thread, a body is not: whoever sends one holds a thread until it is there, and longer
 * when the request was refused, for Tomcat reads on behind a refusal. So only half of the
 * threads serve requests with a body, a quarter reads on behind the refusals of those for
 * whom there was none, and nobody is waited for who sends next to nothing.
 */
final class SlowBodies extends ValveBase {

	/** A request attribute: there is no thread left for this request's body. */
	static final String REFUSED = SlowBodies.class.getName() + ".refused";

	/** How long a body is waited for, however slow it comes. */
	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

	/** What must have come for each second that was waited, after that. */
	private static final long BYTES_PER_SECOND = 1024;

	/** What is read, at most, of a body that nobody has asked for. */
	private static final long READ_ON = (16L << 20) + (64 << 10);

	private final Semaphore places;

	private final Semaphore refusals;

	/**
	 * @param threads how many the server has for requests
	 */
	SlowBodies(int threads) {
		super(true);
		this.places = new Semaphore(Math.max(1, threads / 2));
		this.refusals = new Semaphore(Math.max(1, threads / 4));
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		if (!hasBody(request)) {
			getNext().invoke(request, response);
		}
		else if (this.places.tryAcquire()) {
			try {
				paced(request, response);
				readOn(request, response, Patience.BEHIND_AN_ANSWER);
			}
			finally {
				this.places.release();
			}
		}
		else {
			refuse(request, response);
		}
	}

	private static boolean hasBody(Request request) {
		return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
	}

	private void paced(Request request, Response response) throws IOException, ServletException {
		InputBuffer body = request.getCoyoteRequest().getInputBuffer();
		request.getCoyoteRequest().setInputBuffer(new Paced(body));
		try {
			getNext().invoke(request, response);
		}
		finally {
			request.getCoyoteRequest().setInputBuffer(body);
		}
	}

	private void refuse(Request request, Response response) throws IOException, ServletException {
		boolean patient = this.refusals.tryAcquire();
		try {
			request.setAttribute(REFUSED, true);
			getNext().invoke(request, response);
			readOn(request, response, patient ? Patience.BEHIND_A_REFUSAL : Patience.NONE);
		}
		finally {
			if (patient) {
				this.refusals.release();
			}
		}
	}

	/**
	 * Reads what an answer has not asked for, so that a sender who is still writing gets
	 * to see the answer, as long as it comes quickly; else gives the connection up.
	 */
	private static void readOn(Request request, Response response, Patience patience) throws IOException {
		org.apache.coyote.Request body = request.getCoyoteRequest();
		if (request.isAsync() || body.isFinished() || body.hasExpectation()) {
			return;
		}
		response.finishResponse();
		try {
			if (isReadToEnd(body, patience)) {
				return;
			}
		}
		catch (IOException ex) {
			// the sender has gone
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		body.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
	}

	/** Reads past the stream of the request, which whoever answered may have closed. */
	private static boolean isReadToEnd(org.apache.coyote.Request body, Patience patience)
			throws IOException, InterruptedException {
		ApplicationBufferHandler nowhere = new Nowhere();
		long begin = System.nanoTime();
		long last = begin;
		long read = 0;
		while (!body.isFinished()) {
			body.action(ActionCode.AVAILABLE, true);
			long now = System.nanoTime();
			if (body.getAvailable() > 0) {
				int length = body.doRead(nowhere);
				if (length < 0) {
					return true;
				}
				read += length;
				last = now;
			}
			else if (now - last >= patience.pause) {
				return false;
			}
			else {
				TimeUnit.MILLISECONDS.sleep(10);
			}
			if (read > READ_ON || patience.isTooSlow(now - begin, read)) {
				return false;
			}
		}
		return true;
	}

	private static long inSeconds(long nanos, long bytesPerSecond) {
		return TimeUnit.NANOSECONDS.toMillis(nanos) * bytesPerSecond / 1000;
	}

	/** What is answered where {@link #REFUSED} is set. */
	static RequestRefused refused() {
		return new RequestRefused(HttpStatus.SERVICE_UNAVAILABLE, "server_busy",
				"The server is taking in as many requests as it can at once. Send this one again in a few seconds.",
				null, Duration.ofSeconds(5));
	}

	/** How long what follows an answer is read. */
	private enum Patience {

		BEHIND_AN_ANSWER(TimeUnit.SECONDS.toNanos(5), BYTES_PER_SECOND),

		BEHIND_A_REFUSAL(TimeUnit.MILLISECONDS.toNanos(500), 32 << 10),

		/** What is there already. */
		NONE(0, 0);

		/** Nanoseconds for which nothing may come. */
		private final long pause;

		private final long bytesPerSecond;

		Patience(long pause, long bytesPerSecond) {
			this.pause = pause;
			this.bytesPerSecond = bytesPerSecond;
		}

		boolean isTooSlow(long nanos, long read) {
			return nanos > 2 * this.pause && read < inSeconds(nanos, this.bytesPerSecond);
		}

	}

	/** Where bytes go that nobody wants. */
	private static final class Nowhere implements ApplicationBufferHandler {

		private @Nullable ByteBuffer bytes;

		@Override
		public void setByteBuffer(ByteBuffer buffer) {
			this.bytes = buffer;
		}

		@Override
		public @Nullable ByteBuffer getByteBuffer() {
			return this.bytes;
		}

		@Override
		public void expand(int size) {
			// only what comes is thrown away
		}

	}

	/** A body that is waited for only as long as something comes. */
	private static final class Paced implements InputBuffer {

		private final InputBuffer body;

		/** Nanoseconds. */
		private long waited;

		private long read;

		Paced(InputBuffer body) {
			this.body = body;
		}

		@Override
		public int doRead(ApplicationBufferHandler handler) throws IOException {
			long begin = System.nanoTime();
			int length = this.body.doRead(handler);
			this.waited += System.nanoTime() - begin;
			this.read += Math.max(0, length);
			if (length > 0 && this.waited > PATIENCE && this.read < inSeconds(this.waited, BYTES_PER_SECOND)) {
				throw new RequestRefused(HttpStatus.REQUEST_TIMEOUT, "body_too_slow",
						"The body of the request comes too slowly: less than 1 KB a second. Nothing was kept. Send it again over a quicker connection.",
						null);
			}
			return length;
		}

		@Override
		public int available() {
			return this.body.available();
		}

	}

}
