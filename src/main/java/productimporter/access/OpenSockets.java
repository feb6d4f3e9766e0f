package productimporter.access;

import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;

/**
 * The WebSocket connections of this node, by user. Whoever may not come in any more is
 * put out within a minute.
 */
@Component
@InProtectedMode
class OpenSockets {

	private static final Logger log = LoggerFactory.getLogger(OpenSockets.class);

	private final Map<WebSocketSession, String> open = new ConcurrentHashMap<>();

	private final PerUser count;

	private final UserTable users;

	private final Tokens tokens;

	OpenSockets(AccessSettings settings, UserTable users, Tokens tokens) {
		this.count = new PerUser(settings.connectionsPerUser());
		this.users = users;
		this.tokens = tokens;
	}

	/** Whether there was room; then {@link #closed} makes it free again. */
	boolean opened(WebSocketSession session) {
		Principal user = session.getPrincipal();
		String name = (user != null) ? user.getName() : "";
		if (user == null || !this.count.enter(name)) {
			return false;
		}
		this.open.put(session, name);
		return true;
	}

	boolean closed(WebSocketSession session) {
		String user = this.open.remove(session);
		if (user != null) {
			this.count.leave(user);
		}
		return user != null;
	}

	@Scheduled(fixedDelayString = "PT30S")
	void putOut() {
		Set<WebSocketSession> sessions = this.open.keySet();
		sessions.stream().filter((session) -> !mayStay(session.getPrincipal())).forEach((session) -> {
			try {
				session.close(CloseStatus.POLICY_VIOLATION.withReason("You are not allowed here any more"));
			}
			catch (IOException ex) {
				log.debug("A connection could not be closed", ex);
			}
		});
	}

	private boolean mayStay(@Nullable Principal principal) {
		if (principal instanceof TokenAuthentication token) {
			return this.tokens.isGood(token.getName());
		}
		if (principal instanceof Authentication user && user.getPrincipal() instanceof AccessUser signedIn) {
			return this.users.isStill(signedIn);
		}
		return true;
	}

}
