package productimporter.platform;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;
import org.springframework.web.socket.handler.WebSocketSessionDecorator;

/**
 * A session to which sending never blocks, so that no thread ever waits for a client who
 * doesn't read. Messages are sent in their order, one after the other; what waits for a
 * slow client is bounded, and beyond the bound (or after the time limit) the client is
 * cut off.
 * <p>
 * RATIONALE: Spring's own way is a pool of threads that block, one for each client who
 * doesn't read, and its limits are looked at only when another message comes.
 */
final class NonBlockingSession extends WebSocketSessionDecorator {

	private static final Logger log = LoggerFactory.getLogger(NonBlockingSession.class);

	private final RemoteEndpoint.Async remote;

	private final long limitChars;

	private final Deque<String> waiting = new ArrayDeque<>();

	private long waitingChars;

	private boolean sending;

	private boolean cutOff;

	NonBlockingSession(WebSocketSession session, WebSocketSettings settings) {
		super(session);
		Session client = Objects.requireNonNull(((NativeWebSocketSession) session).getNativeSession(Session.class));
		this.remote = client.getAsyncRemote();
		this.remote.setSendTimeout(settings.sendTimeout().toMillis());
		// Tomcat's name; for control frames, which are always sent blocking
		client.getUserProperties()
			.put("org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT", settings.sendTimeout().toMillis());
		this.limitChars = settings.sendBuffer().toBytes();
	}

	@Override
	public void sendMessage(WebSocketMessage<?> message) throws java.io.IOException {
		if (!(message instanceof TextMessage text)) {
			super.sendMessage(message);
			return;
		}
		synchronized (this) {
			if (this.cutOff) {
				return;
			}
			this.waiting.addLast(text.getPayload());
			this.waitingChars += text.getPayload().length();
			if (this.waitingChars > this.limitChars) {
				cutOff("it is too slow", null);
				return;
			}
			if (this.sending) {
				return;
			}
			this.sending = true;
		}
		sendWaiting();
	}

	private void sendWaiting() {
		boolean goOn = true;
		while (goOn) {
			String next = next();
			goOn = (next != null) && send(next);
		}
	}

	private synchronized @Nullable String next() {
		String next = this.cutOff ? null : this.waiting.pollFirst();
		if (next == null) {
			this.sending = false;
		}
		else {
			this.waitingChars -= next.length();
		}
		return next;
	}

	/**
	 * Begins to send.
	 * @return whether it is sent already; otherwise the rest follows by itself, on a
	 * thread of the container, when it is
	 */
	private boolean send(String text) {
		AtomicBoolean second = new AtomicBoolean();
		try {
			this.remote.sendText(text, (result) -> {
				if (!result.isOK()) {
					cutOff("it can't be sent to", result.getException());
				}
				else if (!second.compareAndSet(false, true)) {
					sendWaiting();
				}
			});
		}
		catch (RuntimeException ex) {
			cutOff("it can't be sent to", ex);
			return true;
		}
		return !second.compareAndSet(false, true);
	}

	/**
	 * On a thread of its own, since closing says goodbye and may wait for the client.
	 */
	private synchronized void cutOff(String why, @Nullable Throwable cause) {
		if (this.cutOff) {
			return;
		}
		this.cutOff = true;
		this.waiting.clear();
		log.debug("Session {} is cut off: {}", getId(), why, cause);
		Thread closing = new Thread(() -> {
			try {
				close(CloseStatus.SESSION_NOT_RELIABLE);
			}
			catch (java.io.IOException | RuntimeException ex) {
				log.debug("Session {} could not be closed", getId(), ex);
			}
		}, "websocket-close");
		closing.setDaemon(true);
		closing.start();
	}

}
