package productimporter.imports;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long what has ended is kept.
 *
 * @param files how long an uploaded file is kept after the last run of it has ended; a
 * run that failed or was stopped can go on for so long
 * @param runs how long a run is kept after it has ended, with its refused rows and
 * attempts; a file of which no run is left goes with the last
 * @param interval how often what has had its time is looked for, by one node
 */
@ConfigurationProperties("importer.retention")
@Validated
record RetentionSettings(@DefaultValue("30d") @DurationMin(seconds = 1) Duration files,
		@DefaultValue("365d") @DurationMin(seconds = 1) Duration runs,
		@DefaultValue("1h") @DurationMin(seconds = 1) Duration interval) {
}
