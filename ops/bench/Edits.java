import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

/**
 * Edits by hand while three webhooks listen, one that never answers, one that answers 500
 * and one that is fine: {@code Edits PORT EDITS SECONDS}. Prints how soon the last is told,
 * from the call's start, and how often the others were called.
 */
class Edits {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final Map<String, Long> received = new ConcurrentHashMap<>();

	private final AtomicInteger hung = new AtomicInteger();

	private final AtomicInteger failed = new AtomicInteger();

	private final CountDownLatch over = new CountDownLatch(1);

	public static void main(String[] args) throws Exception {
		new Edits().run("http://localhost:" + args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]));
		System.exit(0);
	}

	private void run(String base, int edits, int seconds) throws Exception {
		listen(base, this::hang);
		listen(base, this::fail);
		listen(base, this::take);
		Map<String, Long> sent = new ConcurrentHashMap<>();
		ScheduledExecutorService clock = Executors.newScheduledThreadPool(4);
		long period = TimeUnit.SECONDS.toNanos(seconds) / edits;
		for (int i = 0; i < edits; i++) {
			String sku = "edit-" + i;
			clock.schedule(() -> {
				sent.put(sku, System.nanoTime());
				return post(base + "/products", "{\"sku\": \"" + sku + "\", \"name\": \"An edit\"}", 201);
			}, i * period, TimeUnit.NANOSECONDS);
		}
		clock.shutdown();
		if (!clock.awaitTermination(seconds + 60, TimeUnit.SECONDS)) {
			throw new IllegalStateException("The edits take too long");
		}
		long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
		while (this.received.size() < edits && System.nanoTime() < until) {
			TimeUnit.MILLISECONDS.sleep(10);
		}
		if (this.received.size() < edits) {
			throw new IllegalStateException("Told " + this.received.size() + " of " + edits);
		}
		List<Long> millis = new ArrayList<>();
		this.received.forEach((sku, at) -> millis.add(TimeUnit.NANOSECONDS.toMillis(at - sent.get(sku))));
		Collections.sort(millis);
		System.out.printf(
				"%d edits in %d s: the healthy receiver was told after %d ms (p50), %d ms (p95), %d ms (most).%n"
						+ "The one that answers 500 was called %d times, the one that hangs %d times.%n",
				edits, seconds, percentile(millis, 50), percentile(millis, 95), millis.get(edits - 1),
				this.failed.get(), this.hung.get());
		this.over.countDown();
	}

	private static long percentile(List<Long> sorted, int percent) {
		return sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1);
	}

	private void listen(String base, HttpHandler handler) throws Exception {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
		server.createContext("/", handler);
		server.setExecutor(Executors.newCachedThreadPool());
		server.start();
		post(base + "/webhooks", "{\"url\": \"http://127.0.0.1:" + server.getAddress().getPort()
				+ "/\", \"event_types\": [\"product.created\"]}", 201);
	}

	private void hang(HttpExchange exchange) throws IOException {
		this.hung.incrementAndGet();
		try {
			// longer than the application waits
			this.over.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			exchange.close();
		}
	}

	private void fail(HttpExchange exchange) throws IOException {
		this.failed.incrementAndGet();
		answer(exchange, 500);
	}

	private void take(HttpExchange exchange) throws IOException {
		long at = System.nanoTime();
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		int from = body.indexOf("\"edit-") + 1;
		this.received.putIfAbsent(body.substring(from, body.indexOf('"', from)), at);
		answer(exchange, 200);
	}

	private static void answer(HttpExchange exchange, int status) throws IOException {
		exchange.sendResponseHeaders(status, -1);
		exchange.close();
	}

	private static String post(String url, String json, int expected) throws IOException, InterruptedException {
		HttpResponse<String> response = HTTP.send(HttpRequest.newBuilder(URI.create(url))
			.timeout(Duration.ofSeconds(30))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(json))
			.build(), HttpResponse.BodyHandlers.ofString());
		if (response.statusCode() != expected) {
			throw new IllegalStateException(response.statusCode() + " " + response.body());
		}
		return response.body();
	}

}
