package productimporter.imports;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What a bulk delete found when it began, and how far it is.
 *
 * @param asOf by the database's clock; products created later stay
 * @param matched how many products matched then
 * @param after products up to this id have been looked at; {@code null} at the start and
 * when all have been
 * @param atEnd whether all have been looked at, so that only those remain that someone
 * held
 * @param deleted products deleted so far, over all attempts
 */
public record Deletion(Instant asOf, long matched, @Nullable UUID after, boolean atEnd, long deleted) {

	/**
	 * The next products have been looked at.
	 * @param upTo up to this id, {@code null} when there are no more
	 * @param more how many of them were deleted
	 */
	public Deletion lookedAt(@Nullable UUID upTo, long more) {
		return new Deletion(this.asOf, this.matched, upTo, upTo == null, this.deleted + more);
	}

}
