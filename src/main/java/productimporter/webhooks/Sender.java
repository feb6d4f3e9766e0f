package productimporter.webhooks;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLException;

import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Calls receivers. Only addresses that are allowed are connected to
 * ({@link GuardedNames}), no redirect is followed, no proxy asked, nothing decompressed,
 * no cookie kept; a call ends after its total timeout wherever it is, and no more is read
 * of an answer than {@link Answer} says.
 */
class Sender implements AutoCloseable {

	private static final int CALLS = 1024;

	private final CloseableHttpAsyncClient client;

	/** Looks names up, which may block. */
	private final ExecutorService callers;

	private final WebhookSettings settings;

	private final Clock clock;

	Sender(WebhookSettings settings, AllowedAddresses allowed, GuardedNames.NameService names, Clock clock) {
		this.settings = settings;
		this.clock = clock;
		this.callers = new ThreadPoolExecutor(0, CALLS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), (task) -> {
			Thread thread = new Thread(task, "webhook-call");
			thread.setDaemon(true);
			return thread;
		});
		Timeout total = Timeout.of(settings.totalTimeout());
		this.client = HttpAsyncClients.custom()
			.setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
				.setDnsResolver(new GuardedNames(allowed, names))
				// each webhook has its own limit, so that one never waits for another of
				// the same host
				.setMaxConnPerRoute(CALLS)
				.setMaxConnTotal(CALLS)
				.setDefaultConnectionConfig(ConnectionConfig.custom()
					.setConnectTimeout(Timeout.of(settings.connectTimeout()))
					.setSocketTimeout(total)
					.setTimeToLive(TimeValue.ofMinutes(1))
					.build())
				.build())
			.setDefaultRequestConfig(RequestConfig.custom()
				.setConnectionRequestTimeout(total)
				.setResponseTimeout(total)
				.setRedirectsEnabled(false)
				.setExpectContinueEnabled(false)
				.build())
			.setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(2).setSoTimeout(total).build())
			.disableRedirectHandling()
			.disableAutomaticRetries()
			.disableContentCompression()
			.disableCookieManagement()
			.disableAuthCaching()
			.setUserAgent("product-importer-webhooks/1")
			.evictIdleConnections(TimeValue.ofSeconds(30))
			.build();
		this.client.start();
	}

	/** The system's own look-up. */
	static InetAddress[] system(String host) throws UnknownHostException {
		return InetAddress.getAllByName(host);
	}

	/**
	 * Posts JSON.
	 * @param headers besides the content type
	 * @return never fails; what went wrong is in the outcome
	 */
	CompletableFuture<Outcome> send(String url, Map<String, String> headers, String payload) {
		Call call = new Call(this.clock.instant(), System.nanoTime());
		try {
			AsyncRequestBuilder request = AsyncRequestBuilder.post(URI.create(url));
			headers.forEach(request::setHeader);
			AsyncRequestProducer producer = request
				.setEntity(payload.getBytes(StandardCharsets.UTF_8), ContentType.APPLICATION_JSON)
				.build();
			this.callers.execute(() -> call.start(producer));
		}
		catch (RuntimeException ex) {
			call.failed(ex);
		}
		CompletableFuture.delayedExecutor(this.settings.totalTimeout().toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
			.execute(call::timeOut);
		return call.outcome;
	}

	@Override
	public void close() {
		this.client.close(CloseMode.GRACEFUL);
		this.callers.shutdownNow();
	}

	/** One call, whichever way it ends first. */
	private final class Call implements FutureCallback<Answer> {

		private final Instant startedAt;

		private final long start;

		private final Answer answer = new Answer();

		private final AtomicReference<@Nullable Future<Answer>> running = new AtomicReference<>();

		private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

		Call(Instant startedAt, long start) {
			this.startedAt = startedAt;
			this.start = start;
		}

		void start(AsyncRequestProducer producer) {
			if (this.outcome.isDone()) {
				return;
			}
			try {
				this.running.set(Sender.this.client.execute(producer, this.answer, null, this));
				if (this.outcome.isDone()) {
					cancel();
				}
			}
			catch (RuntimeException ex) {
				failed(ex);
			}
		}

		void timeOut() {
			if (end(Outcome.TIMEOUT)) {
				cancel();
			}
		}

		private void cancel() {
			// a body that goes on to come may escape the cancellation of the call
			this.answer.abandon();
			Future<Answer> call = this.running.get();
			if (call != null) {
				call.cancel(true);
			}
		}

		@Override
		public void completed(Answer result) {
			end(null);
		}

		@Override
		public void failed(Exception ex) {
			end(this.answer.isCut() ? null : classOf(ex));
		}

		@Override
		public void cancelled() {
			end(Outcome.BROKEN);
		}

		private boolean end(@Nullable String error) {
			int status = this.answer.status();
			int millis = (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - this.start);
			return this.outcome.complete(new Outcome(this.startedAt, (status != 0) ? status : null, millis,
					(error != null) ? error : classOf(status), (status != 0) ? this.answer.body() : null,
					RetryAfter.parse(this.answer.retryAfter(), Sender.this.clock.instant())));
		}

	}

	private static @Nullable String classOf(int status) {
		if (status >= 200 && status < 300) {
			return null;
		}
		return (status >= 300 && status < 400) ? Outcome.REDIRECT : Outcome.STATUS;
	}

	private static String classOf(Throwable ex) {
		if (ex instanceof GuardedNames.AddressNotAllowed) {
			return Outcome.ADDRESS;
		}
		if (ex instanceof UnknownHostException) {
			return Outcome.NAME;
		}
		if (ex instanceof ConnectTimeoutException) {
			return Outcome.CONNECT_TIMEOUT;
		}
		if (ex instanceof ConnectException) {
			return Outcome.REFUSED;
		}
		if (ex instanceof SSLException) {
			return Outcome.TLS;
		}
		return (ex instanceof SocketTimeoutException) ? Outcome.TIMEOUT : Outcome.BROKEN;
	}

}
