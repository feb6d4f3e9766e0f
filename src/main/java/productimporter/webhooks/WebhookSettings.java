package productimporter.webhooks;

import java.time.Duration;
import java.util.List;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How webhooks are sent. The times of retries, of the circuit and of retention are fixed
 * ({@link RetryTimes}, {@link Circuit}, {@link EventRetention}).
 *
 * @param send whether this node sends; one that doesn't still records
 * @param allowedAddresses CIDR blocks that may be called although they are not public;
 * empty: none; {@code null}: loopback where this server itself listens on loopback only,
 * else none
 * @param max webhooks; each that is being called has a thread
 * @param connectTimeout until a connection stands
 * @param totalTimeout of a call, from the look-up of the name to the end of the body
 * @param pollInterval how often a webhook is looked at when nobody wakes it
 * @param bulkWait how long messages of an import wait at most for running imports to end
 * @param heartbeat how often the lease of a webhook at work is renewed
 * @param missedHeartbeats heartbeats missed after which another node takes over
 * @param shutdownWait how long a shutdown waits for calls to end
 */
@ConfigurationProperties("importer.webhooks")
@Validated
record WebhookSettings(@DefaultValue("true") boolean send, @Nullable List<String> allowedAddresses,
		@DefaultValue("50") @Min(1) @Max(500) int max,
		@DefaultValue("3s") @DurationMin(millis = 1) Duration connectTimeout,
		@DefaultValue("15s") @DurationMin(millis = 1) Duration totalTimeout,
		@DefaultValue("10s") @DurationMin(millis = 1) Duration pollInterval, @DefaultValue("5m") Duration bulkWait,
		@DefaultValue("3s") Duration heartbeat, @DefaultValue("4") @Min(4) int missedHeartbeats,
		@DefaultValue("10s") Duration shutdownWait) {
}
