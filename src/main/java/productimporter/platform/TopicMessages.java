package productimporter.platform;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.broker.SimpleBrokerMessageHandler;
import org.springframework.messaging.simp.broker.SubscriptionRegistry;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.stereotype.Component;
import org.springframework.util.MimeTypeUtils;

/**
 * Sends to the STOMP subscribers of this node. What one thread sends arrives in the order
 * it was sent. Never blocks: what a client doesn't take waits, and then the client is cut
 * off ({@link NonBlockingSession}).
 */
@Component
public class TopicMessages {

	private static final byte[] NOTHING = {};

	private final MessageChannel broker;

	private final MessageChannel clients;

	private final SubscriptionRegistry subscriptions;

	private final JsonMapper json;

	TopicMessages(@Qualifier("brokerChannel") MessageChannel broker,
			@Qualifier("clientOutboundChannel") MessageChannel clients,
			@Qualifier("simpleBrokerMessageHandler") MessageHandler handler, JsonMapper json) {
		this.broker = broker;
		this.clients = clients;
		this.subscriptions = ((SimpleBrokerMessageHandler) handler).getSubscriptionRegistry();
		this.json = json;
	}

	/**
	 * Whether a client of this node is subscribed.
	 */
	public boolean hasSubscribers(String destination) {
		return !this.subscriptions.findSubscriptions(message(destination, NOTHING, null, null)).isEmpty();
	}

	/**
	 * Sends to all who are subscribed on this node.
	 * @param body sent as JSON
	 */
	public void send(String destination, Object body) {
		this.broker.send(message(destination, this.json.writeValueAsBytes(body), null, null));
	}

	Topic.Subscriber subscriber(String destination, String session, String subscription) {
		return (body) -> this.clients
			.send(message(destination, this.json.writeValueAsBytes(body), session, subscription));
	}

	private static Message<byte[]> message(String destination, byte[] body, @Nullable String session,
			@Nullable String subscription) {
		SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.create(SimpMessageType.MESSAGE);
		headers.setDestination(destination);
		headers.setContentType(MimeTypeUtils.APPLICATION_JSON);
		if (session != null && subscription != null) {
			headers.setSessionId(session);
			headers.setSubscriptionId(subscription);
		}
		headers.setLeaveMutable(true);
		return MessageBuilder.createMessage(body, headers.getMessageHeaders());
	}

}
