package productimporter.uploads;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A file in the upload store.
 *
 * @param id under which it is stored
 * @param filename what the sender called it, cleaned for showing; never a path, never
 * empty
 * @param sizeBytes its length, as it was sent
 * @param sha256 of what was sent, 64 lower-case hexadecimal digits
 * @param storedAt when it was safely on disk, to the microsecond
 * @param unpacked its content, which is stored beside it, if it is a container;
 * {@code null}: it is what is read
 */
public record StoredUpload(UUID id, String filename, long sizeBytes, String sha256, Instant storedAt,
		@Nullable Unpacked unpacked) {

	/**
	 * The length of what is read from it.
	 */
	public long contentBytes() {
		return (this.unpacked != null) ? this.unpacked.sizeBytes() : this.sizeBytes;
	}

	StoredUpload with(Unpacked unpacked) {
		return new StoredUpload(this.id, this.filename, this.sizeBytes, this.sha256, this.storedAt, unpacked);
	}

}
