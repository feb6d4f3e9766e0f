package productimporter.imports;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How runs are queued and kept alive.
 *
 * @param execute whether this node executes runs; one that only answers requests doesn't
 * @param runsAtOnce runs that are at work at once in the cluster, the same on every node;
 * with more than one an older file may overwrite a newer one (ops/decisions/0031)
 * @param maxAttempts attempts in a row without a newly committed chunk after which a run
 * is failed
 * @param retryDelay how long to wait before a failed attempt is followed by the next
 * @param pollInterval how often an idle node looks for a waiting run; it is also woken
 * when one is queued here
 * @param heartbeat how often the lease of a running run is renewed
 * @param missedHeartbeats heartbeats missed after which another node takes the run over:
 * heartbeat × missedHeartbeats is the lease
 * @param shutdownWait how long a shutdown waits for a chunk to end
 * @param maxStreams server-sent event streams at once on this node; each holds a
 * connection but no thread, so keep it well below {@code server.tomcat.max-connections}
 */
@ConfigurationProperties("importer.imports")
@Validated
record ImportSettings(@DefaultValue("true") boolean execute, @DefaultValue("1") @Min(1) @Max(16) int runsAtOnce,
		@DefaultValue("5") @Min(1) int maxAttempts, @DefaultValue("2s") Duration retryDelay,
		@DefaultValue("1s") Duration pollInterval, @DefaultValue("3s") Duration heartbeat,
		@DefaultValue("4") @Min(4) int missedHeartbeats, @DefaultValue("10s") Duration shutdownWait,
		@DefaultValue("500") @Min(1) int maxStreams) {

	/** How long after its last heartbeat a run is still its node's. */
	Duration lease() {
		return this.heartbeat.multipliedBy(this.missedHeartbeats);
	}

}
