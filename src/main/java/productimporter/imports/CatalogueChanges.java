package productimporter.imports;

import java.time.Instant;

/**
 * Tells whether products have changed, by whatever hand.
 */
public interface CatalogueChanges {

	/**
	 * Whether a product that is there was created or changed then or later. Doesn't see
	 * deletes.
	 */
	boolean since(Instant moment);

}
