package productimporter.access;

import java.net.HttpCookie;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.NativeMessageHeaderAccessor;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;

import productimporter.platform.FrameRefused;

/**
 * Who may speak STOMP: the handshake was let in already, as any call. CONNECT must show
 * the CSRF token where a cookie has let it in; and one user has a bounded number of
 * connections.
 */
@Component
@InProtectedMode
class SocketAccess implements WebSocketMessageBrokerConfigurer, ChannelInterceptor {

	private static final String EXPECTED = SocketAccess.class.getName() + ".csrf";

	private final ObjectProvider<OpenSockets> sockets;

	SocketAccess(ObjectProvider<OpenSockets> sockets) {
		this.sockets = sockets;
	}

	@Override
	public void configureClientInboundChannel(ChannelRegistration registration) {
		registration.interceptors(this);
	}

	@Override
	public void configureWebSocketTransport(WebSocketTransportRegistration registration) {
		registration.addDecoratorFactory((handler) -> new Admission(handler, this.sockets.getObject()));
	}

	@Override
	public Message<?> preSend(Message<?> message, MessageChannel channel) {
		if (SimpMessageHeaderAccessor.getMessageType(message.getHeaders()) == SimpMessageType.CONNECT) {
			Map<String, Object> attributes = SimpMessageHeaderAccessor.getSessionAttributes(message.getHeaders());
			Object expected = (attributes != null) ? attributes.get(EXPECTED) : "";
			String shown = NativeMessageHeaderAccessor.getFirstNativeHeader(CsrfTokens.HEADER, message.getHeaders());
			if (expected != null && !isSame(expected.toString(), shown)) {
				throw new FrameRefused(
						"CONNECT needs the header " + CsrfTokens.HEADER + " with the value of the cookie "
								+ CsrfTokens.COOKIE + ", or a token in Authorization at the handshake.");
			}
		}
		return message;
	}

	private static boolean isSame(String expected, @Nullable String shown) {
		return !expected.isEmpty() && shown != null && MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8),
				shown.getBytes(StandardCharsets.UTF_8));
	}

	/** The CSRF token to expect, or {@code null} where none is needed. */
	private static @Nullable String expected(HttpHeaders handshake) {
		if (Credentials.areIn(handshake.getFirst(HttpHeaders.AUTHORIZATION))) {
			return null;
		}
		List<String> cookies = handshake.getOrEmpty(HttpHeaders.COOKIE);
		for (String header : cookies) {
			for (String pair : StringUtils.tokenizeToStringArray(header, ";")) {
				if (pair.startsWith(CsrfTokens.COOKIE + "=")) {
					return HttpCookie.parse(pair).get(0).getValue();
				}
			}
		}
		return "";
	}

	/** Counts connections, and notes what CONNECT has to show. */
	private static final class Admission extends WebSocketHandlerDecorator {

		private final OpenSockets sockets;

		Admission(WebSocketHandler handler, OpenSockets sockets) {
			super(handler);
			this.sockets = sockets;
		}

		@Override
		public void afterConnectionEstablished(WebSocketSession session) throws Exception {
			if (!this.sockets.opened(session)) {
				session.close(CloseStatus.SERVICE_OVERLOAD.withReason("You have too many connections already"));
				return;
			}
			String expected = expected(session.getHandshakeHeaders());
			if (expected != null) {
				session.getAttributes().put(EXPECTED, expected);
			}
			super.afterConnectionEstablished(session);
		}

		@Override
		public void afterConnectionClosed(WebSocketSession session, CloseStatus status) throws Exception {
			if (this.sockets.closed(session)) {
				super.afterConnectionClosed(session, status);
			}
		}

	}

}
