package productimporter.schedules;

import java.time.Duration;

import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How schedules are started.
 *
 * @param execute whether this node starts any
 * @param grace a time that no node was there for is made up for when it is not longer ago
 * than this, else left out
 * @param pollInterval how often a node looks for one that is due
 * @param heartbeat how often a node that starts one says that it lives
 * @param missedHeartbeats heartbeats missed after which another node starts it
 */
@ConfigurationProperties("importer.schedules")
@Validated
record ScheduleSettings(@DefaultValue("true") boolean execute, @DefaultValue("1h") Duration grace,
		@DefaultValue("2s") Duration pollInterval, @DefaultValue("3s") Duration heartbeat,
		@DefaultValue("4") @Min(4) int missedHeartbeats) {
}
