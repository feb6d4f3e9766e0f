package productimporter.products;

import java.util.Locale;

/**
 * The key of a product. SKUs that differ only in case or in white space around them are
 * one.
 */
public final class Sku {

	/**
	 * The longest SKU, in code points.
	 */
	public static final int MAX_LENGTH = 255;

	private Sku() {
	}

	/**
	 * The form in which a SKU is stored and compared.
	 * @param sku as someone wrote it
	 * @return without white space around it, in lower case by the rules of no language
	 */
	public static String normalize(String sku) {
		return sku.strip().toLowerCase(Locale.ROOT);
	}

}
