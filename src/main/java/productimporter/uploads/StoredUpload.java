package productimporter.uploads;

import java.time.Instant;
import java.util.UUID;

/**
 * A file in the upload store.
 *
 * @param id under which it is stored
 * @param filename what the sender called it, cleaned for showing; never a path, never
 * empty
 * @param sizeBytes its length
 * @param sha256 of its content, 64 lower-case hexadecimal digits
 * @param storedAt when it was safely on disk, to the microsecond
 */
public record StoredUpload(UUID id, String filename, long sizeBytes, String sha256, Instant storedAt) {
}
