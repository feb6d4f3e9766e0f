package productimporter.platform;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.broker.SimpleBrokerMessageHandler;
import org.springframework.messaging.support.ExecutorChannelInterceptor;

/**
 * Stands before what STOMP clients send: they may subscribe to {@link Topic}s and nothing
 * else. Anything else is answered with an ERROR frame, which ends the connection. Who has
 * subscribed is made known to the topic only once the broker has the subscription, so
 * that no change falls between the present state and the next one.
 */
final class SubscribersOnly implements ExecutorChannelInterceptor {

	/** Subscriptions that one connection may have at once. */
	private static final int MOST = 100;

	private static final String SUBSCRIPTIONS = SubscribersOnly.class.getName() + ".subscriptions";

	private final ObjectProvider<Topic> topics;

	private final ObjectProvider<TopicMessages> messages;

	SubscribersOnly(ObjectProvider<Topic> topics, ObjectProvider<TopicMessages> messages) {
		this.topics = topics;
		this.messages = messages;
	}

	@Override
	public Message<?> preSend(Message<?> message, MessageChannel channel) {
		SimpMessageType type = SimpMessageHeaderAccessor.getMessageType(message.getHeaders());
		if (type == SimpMessageType.MESSAGE) {
			throw new FrameRefused("Clients can't SEND here. Use the HTTP calls to change something.");
		}
		if (type == SimpMessageType.SUBSCRIBE && topic(message).isEmpty()) {
			throw new FrameRefused("There is nothing to subscribe to at "
					+ SimpMessageHeaderAccessor.getDestination(message.getHeaders())
					+ ". There is /topic/uploads, /topic/uploads.{task_id} and /topic/jobs.");
		}
		String id = SimpMessageHeaderAccessor.getSubscriptionId(message.getHeaders());
		if (type == SimpMessageType.SUBSCRIBE && id != null) {
			Set<String> subscriptions = subscriptions(message);
			if (subscriptions.size() >= MOST && !subscriptions.contains(id)) {
				throw new FrameRefused("This connection has " + MOST
						+ " subscriptions already. UNSUBSCRIBE from some, or subscribe to /topic/uploads, which has every run.");
			}
			subscriptions.add(id);
		}
		if (type == SimpMessageType.UNSUBSCRIBE && id != null) {
			subscriptions(message).remove(id);
		}
		return message;
	}

	/** Of the connection; UNSUBSCRIBE makes room again. */
	@SuppressWarnings("unchecked")
	private static Set<String> subscriptions(Message<?> message) {
		Map<String, Object> session = SimpMessageHeaderAccessor.getSessionAttributes(message.getHeaders());
		return (session == null) ? new HashSet<>()
				: (Set<String>) session.computeIfAbsent(SUBSCRIPTIONS, (key) -> ConcurrentHashMap.newKeySet());
	}

	@Override
	public void afterMessageHandled(Message<?> message, MessageChannel channel, MessageHandler handler,
			@Nullable Exception failure) {
		if (failure != null || !(handler instanceof SimpleBrokerMessageHandler)
				|| SimpMessageHeaderAccessor.getMessageType(message.getHeaders()) != SimpMessageType.SUBSCRIBE) {
			return;
		}
		String destination = SimpMessageHeaderAccessor.getDestination(message.getHeaders());
		String session = SimpMessageHeaderAccessor.getSessionId(message.getHeaders());
		String subscription = SimpMessageHeaderAccessor.getSubscriptionId(message.getHeaders());
		if (destination != null && session != null && subscription != null) {
			topic(message).ifPresent((topic) -> topic.subscribed(destination,
					this.messages.getObject().subscriber(destination, session, subscription)));
		}
	}

	private Optional<Topic> topic(Message<?> message) {
		String destination = SimpMessageHeaderAccessor.getDestination(message.getHeaders());
		return (destination != null) ? this.topics.stream().filter((topic) -> topic.covers(destination)).findFirst()
				: Optional.empty();
	}

}
