package productimporter.webhooks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program that is called by webhooks: a real HTTP server on loopback that keeps what it
 * gets.
 */
public final class Receiver implements AutoCloseable {

	private static final JsonMapper JSON = new JsonMapper();

	/**
	 * What ends the call that this thread answers; run before the answer, which the
	 * caller may be quick to follow.
	 */
	private static final ThreadLocal<Runnable> ANSWERED = new ThreadLocal<>();

	private final List<Message> messages = new CopyOnWriteArrayList<>();

	private final AtomicInteger inFlight = new AtomicInteger();

	private final AtomicInteger mostInFlight = new AtomicInteger();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpServer server;

	private volatile Behaviour behaviour = (exchange, number) -> answer(exchange, 200, "{\"ok\":true}");

	public Receiver() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
			this.server.createContext("/", this::handle);
			this.server.setExecutor(this.threads);
			this.server.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void handle(HttpExchange exchange) throws IOException {
		int now = this.inFlight.incrementAndGet();
		this.mostInFlight.accumulateAndGet(now, Math::max);
		AtomicBoolean open = new AtomicBoolean(true);
		Runnable answered = () -> {
			if (open.compareAndSet(true, false)) {
				this.inFlight.decrementAndGet();
			}
		};
		ANSWERED.set(answered);
		try (exchange) {
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			this.messages.add(new Message(Map.copyOf(exchange.getRequestHeaders()), body, System.nanoTime()));
			this.behaviour.answer(exchange, this.messages.size());
		}
		finally {
			answered.run();
		}
	}

	public static void answer(HttpExchange exchange, int status, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		if (ANSWERED.get() != null) {
			ANSWERED.get().run();
		}
		exchange.sendResponseHeaders(status, (bytes.length == 0) ? -1 : bytes.length);
		exchange.getResponseBody().write(bytes);
	}

	/** From now on. */
	public Receiver answers(Behaviour behaviour) {
		this.behaviour = behaviour;
		return this;
	}

	public Receiver answers(int status) {
		return answers((exchange, number) -> answer(exchange, status, ""));
	}

	public int port() {
		return this.server.getAddress().getPort();
	}

	public String url() {
		return "http://127.0.0.1:" + port() + "/hook";
	}

	public List<Message> messages() {
		return this.messages;
	}

	public List<Message> messages(String type) {
		return this.messages.stream().filter((message) -> message.type().equals(type)).toList();
	}

	/** Ids of products in messages of a type, as often as they came. */
	public List<String> ids(String type) {
		List<String> ids = new ArrayList<>();
		messages(type).forEach((message) -> message.json()
			.get("data")
			.get("items")
			.forEach((item) -> ids.add(item.get("id").asString())));
		return ids;
	}

	public int mostInFlight() {
		return this.mostInFlight.get();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/** What a receiver does with a request; number is that of all so far. */
	public interface Behaviour {

		void answer(HttpExchange exchange, int number) throws IOException;

	}

	/** A request as it came. */
	public record Message(Map<String, List<String>> headers, String body, long nanos) {

		public JsonNode json() {
			return JSON.readTree(this.body);
		}

		public String type() {
			return json().get("type").asString();
		}

		public String id() {
			return header("Webhook-id");
		}

		public String header(String name) {
			return this.headers.get(name).get(0);
		}

		/** Whether the official library takes the signature for one by the secret. */
		public boolean isSignedBy(String secret) {
			try {
				new Webhook(secret).verify(this.body,
						Map.of("webhook-id", this.headers.get("Webhook-id"), "webhook-timestamp",
								this.headers.get("Webhook-timestamp"), "webhook-signature",
								this.headers.get("Webhook-signature")));
				return true;
			}
			catch (WebhookVerificationException ex) {
				return false;
			}
		}

	}

}
