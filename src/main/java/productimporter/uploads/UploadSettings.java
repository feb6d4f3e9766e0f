package productimporter.uploads;

import java.nio.file.Path;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the upload store.
 *
 * @param directory where files are kept; on a cluster one that every node mounts
 * @param maxSize the largest file accepted
 * @param keepFree disk space that an upload must leave free. Where the database is on the
 * same disk (the embedded one is) its growth comes on top: for large files set it to
 * about three times their size
 * @param maxUnpackedSize the most that a gzip file, zip archive or workbook may hold, and
 * the largest CSV that may come of it. Both are on disk until the file's time is over
 * @param maxUnpackedRatio how many times the size of what was sent that may be, beyond 10
 * MiB
 * @param maxConcurrent uploads received at once on this node; each holds a request thread
 * and 128 KiB, so keep it well below {@code server.tomcat.threads.max}
 */
@ConfigurationProperties("importer.uploads")
@Validated
record UploadSettings(@NotNull Path directory, @DefaultValue("2GB") DataSize maxSize,
		@DefaultValue("512MB") DataSize keepFree, @DefaultValue("4GB") DataSize maxUnpackedSize,
		@DefaultValue("200") @Min(1) @Max(1032) int maxUnpackedRatio,
		@DefaultValue("16") @Min(1) @Max(1000) int maxConcurrent) {

	@AssertTrue(
			message = "importer.uploads.max-size and max-unpacked-size must be at least one byte, keep-free must not be negative")
	boolean isSizesInRange() {
		return this.maxSize.toBytes() > 0 && this.maxUnpackedSize.toBytes() > 0 && !this.keepFree.isNegative();
	}

}
