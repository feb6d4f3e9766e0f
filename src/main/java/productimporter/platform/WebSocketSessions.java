package productimporter.platform;

import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;

/**
 * Admits a bounded number of WebSocket sessions, and makes sending to them
 * {@linkplain NonBlockingSession never block}.
 */
final class WebSocketSessions extends WebSocketHandlerDecorator {

	private static final String ADMITTED = WebSocketSessions.class.getName() + ".admitted";

	private final AtomicInteger open = new AtomicInteger();

	private final WebSocketSettings settings;

	WebSocketSessions(WebSocketHandler handler, WebSocketSettings settings) {
		super(handler);
		this.settings = settings;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) throws Exception {
		if (this.open.incrementAndGet() > this.settings.maxSessions()) {
			this.open.decrementAndGet();
			session.close(CloseStatus.SERVICE_OVERLOAD);
			return;
		}
		session.getAttributes().put(ADMITTED, true);
		super.afterConnectionEstablished(new NonBlockingSession(session, this.settings));
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) throws Exception {
		if (session.getAttributes().remove(ADMITTED) != null) {
			this.open.decrementAndGet();
			super.afterConnectionClosed(session, status);
		}
	}

}
