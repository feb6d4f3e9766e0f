package productimporter.platform;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;

/**
 * STOMP 1.2 over plain WebSocket at {@code /ws}. Both channels work on the thread that
 * calls: nothing on the way waits for anything, and so the order is kept.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSocketMessageBroker
@EnableConfigurationProperties(WebSocketSettings.class)
class WebSocketConfiguration implements WebSocketMessageBrokerConfigurer, DisposableBean {

	// a client's frames are a few headers
	private static final int LARGEST_FRAME = 8 << 10;

	private final WebSocketSettings settings;

	private final ObjectProvider<Topic> topics;

	private final ObjectProvider<TopicMessages> messages;

	private final ThreadPoolTaskScheduler heartbeats = new ThreadPoolTaskScheduler();

	WebSocketConfiguration(WebSocketSettings settings, ObjectProvider<Topic> topics,
			ObjectProvider<TopicMessages> messages) {
		this.settings = settings;
		this.topics = topics;
		this.messages = messages;
		this.heartbeats.setThreadNamePrefix("stomp-heartbeat-");
		this.heartbeats.setDaemon(true);
		this.heartbeats.initialize();
	}

	@Override
	public void registerStompEndpoints(StompEndpointRegistry registry) {
		registry.setErrorHandler(new StompErrors());
		registry.addEndpoint("/ws").setAllowedOrigins(this.settings.allowedOrigins().toArray(String[]::new));
	}

	@Override
	public void configureMessageBroker(MessageBrokerRegistry registry) {
		long interval = this.settings.heartbeat().toMillis();
		registry.enableSimpleBroker("/topic")
			.setHeartbeatValue(new long[] { interval, interval })
			.setTaskScheduler(this.heartbeats);
	}

	@Override
	public void configureWebSocketTransport(WebSocketTransportRegistration registration) {
		registration.setMessageSizeLimit(LARGEST_FRAME)
			.setSendTimeLimit((int) this.settings.sendTimeout().toMillis())
			.setSendBufferSizeLimit((int) this.settings.sendBuffer().toBytes())
			.addDecoratorFactory((handler) -> new WebSocketSessions(handler, this.settings));
	}

	@Override
	public void configureClientInboundChannel(ChannelRegistration registration) {
		registration.executor(new SyncTaskExecutor()).interceptors(new SubscribersOnly(this.topics, this.messages));
	}

	@Override
	public void configureClientOutboundChannel(ChannelRegistration registration) {
		registration.executor(new SyncTaskExecutor());
	}

	@Override
	public void destroy() {
		this.heartbeats.shutdown();
	}

}
