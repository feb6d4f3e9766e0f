package productimporter.jobs.bulkdelete;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the catalogue is cut up.
 *
 * @param chunkSize products that one transaction looks at and deletes where they match;
 * rows that are locked and commits are weighed against each other
 * (ops/decisions/0016)
 */
@ConfigurationProperties("importer.bulk-delete")
@Validated
record BulkDeleteSettings(@DefaultValue("2000") @Min(1) @Max(50_000) int chunkSize) {
}
