package productimporter.jobs.productimport;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.PositiveOrZero;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a file is cut up.
 *
 * @param chunkSize records a chunk (a transaction), fewer when the rows are very long
 * @param partitions ranges of a file that are imported side by side, each with a database
 * connection of its own; 0: as many as there are cores, at most 4
 */
@ConfigurationProperties("importer.job")
@Validated
record JobSettings(@DefaultValue("10000") @Min(1) @Max(100_000) int chunkSize,
		@DefaultValue("0") @PositiveOrZero @Max(64) int partitions) {

	int ranges() {
		return (this.partitions > 0) ? this.partitions : Math.min(4, Runtime.getRuntime().availableProcessors());
	}

}
