package productimporter.access;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of access. Those of one user are of the protected mode, counted on each node;
 * the password of the first admin is read apart from them, see {@link AccessMode}.
 *
 * @param trustedProxies addresses or CIDR blocks whose {@code X-Forwarded-For},
 * {@code X-Forwarded-Proto} and {@code X-Forwarded-Host} are believed; none: nobody's
 * @param hosts names by which browsers may call the application; none: any in protected
 * mode. In local mode the names of this machine's loopback always may
 * @param sessionsPerUser signed-in browsers of one user; a new one ends the oldest
 * @param connectionsPerUser WebSocket connections of one user
 * @param streamsPerUser progress streams (SSE) of one user
 * @param uploadsPerUser uploads of one user received at once; those of all together are
 * bounded by {@code importer.uploads.max-concurrent}
 * @param writesPerSecond calls that change something, of one user, in the long run; ten
 * seconds' worth of them may come at once
 * @param maxBody the largest body of a request, uploads apart; a product with the longest
 * texts takes some 12 MB as JSON
 * @param maxHeaders the most a request's headers may take; beyond twice as much the
 * server closes without such a clear answer
 * @param auditKeep how long the audit keeps an entry
 * @param roleClaim the claim of an OpenID Connect user that names roles; a dot goes into
 * an object, as in {@code realm_access.roles}
 * @param roleNames what the provider calls our roles, by our name; a role that is not
 * here has its own name
 */
@Validated
@ConfigurationProperties("importer.access")
record AccessSettings(@DefaultValue List<String> trustedProxies, @DefaultValue List<String> hosts,
		@DefaultValue("10") @Min(1) @Max(1000) int sessionsPerUser,
		@DefaultValue("20") @Min(1) @Max(10_000) int connectionsPerUser,
		@DefaultValue("20") @Min(1) @Max(10_000) int streamsPerUser,
		@DefaultValue("4") @Min(1) @Max(1000) int uploadsPerUser,
		@DefaultValue("100") @Min(1) @Max(100_000) int writesPerSecond, @DefaultValue("16MB") DataSize maxBody,
		@DefaultValue("12KB") DataSize maxHeaders, @DefaultValue("365d") @DurationMin(days = 1) Duration auditKeep,
		@DefaultValue("roles") String roleClaim, @DefaultValue Map<String, String> roleNames) {
}
