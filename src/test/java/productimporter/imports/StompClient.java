package productimporter.imports;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.messaging.converter.SimpleMessageConverter;
import org.springframework.messaging.simp.stomp.StompFrameHandler;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.messaging.simp.stomp.StompSession;
import org.springframework.messaging.simp.stomp.StompSessionHandlerAdapter;
import org.springframework.util.MimeType;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.messaging.WebSocketStompClient;

/**
 * A STOMP client that keeps what it gets.
 */
final class StompClient implements AutoCloseable {

	private final StompSession session;

	/** The {@code message} headers of ERROR frames. */
	private final List<String> errors = new CopyOnWriteArrayList<>();

	private volatile StompHeaders connected = new StompHeaders();

	StompClient(Node node) throws Exception {
		this(node, null);
	}

	StompClient(Node node, @Nullable String origin) throws Exception {
		WebSocketStompClient client = new WebSocketStompClient(new StandardWebSocketClient());
		client.setMessageConverter(new SimpleMessageConverter());
		WebSocketHttpHeaders headers = new WebSocketHttpHeaders();
		if (origin != null) {
			headers.setOrigin(origin);
		}
		this.session = client.connectAsync("ws://127.0.0.1:" + node.port() + "/ws", headers, new Handler())
			.get(10, TimeUnit.SECONDS);
	}

	/** Subscribes; the list grows with every message. */
	List<Received> subscribe(String destination) {
		List<Received> received = new CopyOnWriteArrayList<>();
		this.session.subscribe(destination, new StompFrameHandler() {
			@Override
			public Type getPayloadType(StompHeaders headers) {
				return byte[].class;
			}

			@Override
			public void handleFrame(StompHeaders headers, @Nullable Object payload) {
				received.add(new Received(System.nanoTime(), Node.JSON.readTree((byte[]) payload)));
			}
		});
		return received;
	}

	void send(String destination, String body) {
		StompHeaders headers = new StompHeaders();
		headers.setDestination(destination);
		headers.setContentType(new MimeType("text", "plain"));
		this.session.send(headers, body.getBytes(StandardCharsets.UTF_8));
	}

	List<String> errors() {
		return this.errors;
	}

	/** The headers of the CONNECTED frame. */
	StompHeaders connected() {
		return this.connected;
	}

	boolean isConnected() {
		return this.session.isConnected();
	}

	@Override
	public void close() {
		if (this.session.isConnected()) {
			this.session.disconnect();
		}
	}

	/** A message and when it came, in {@link System#nanoTime}. */
	record Received(long at, JsonNode body) {

		String status() {
			return this.body.get("status").asString();
		}

		boolean isOf(UUID run) {
			return run.toString().equals(this.body.get("task_id").asString());
		}

		boolean hasEnded() {
			return Node.hasEnded(this.body);
		}

	}

	private final class Handler extends StompSessionHandlerAdapter {

		@Override
		public void afterConnected(StompSession connected, StompHeaders headers) {
			StompClient.this.connected = headers;
		}

		@Override
		public Type getPayloadType(StompHeaders headers) {
			return byte[].class;
		}

		@Override
		public void handleFrame(StompHeaders headers, @Nullable Object payload) {
			StompClient.this.errors.add(String.valueOf(headers.getFirst("message")));
		}

	}

}
