package productimporter.platform;

import java.time.Duration;
import java.util.List;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the WebSocket at {@code /ws}.
 *
 * @param allowedOrigins origins whose pages may connect, such as
 * {@code https://shop.example.org}; none: pages of this server only. Programs, which send
 * no origin, may always connect
 * @param maxSessions connections at once on this node; who comes then is told to try
 * again later. Each costs some 20 KiB, and at worst {@code sendBuffer} more
 * @param heartbeat how often either side shows that it's there
 * @param sendTimeout a subscriber who takes nothing for so long is cut off
 * @param sendBuffer a subscriber for whom so much waits is cut off
 */
@Validated
@ConfigurationProperties("importer.websocket")
record WebSocketSettings(@DefaultValue List<String> allowedOrigins,
		@DefaultValue("500") @Min(1) @Max(100_000) int maxSessions,
		@DefaultValue("10s") @DurationMin(seconds = 1) Duration heartbeat,
		@DefaultValue("10s") @DurationMin(seconds = 1) Duration sendTimeout,
		@DefaultValue("512KB") DataSize sendBuffer) {
}
