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
		int start = 0;
		int end = sku.length();
		while (start < end && isSpace(sku.charAt(start))) {
			start++;
		}
		while (end > start && isSpace(sku.charAt(end - 1))) {
			end--;
		}
		return sku.substring(start, end).toLowerCase(Locale.ROOT);
	}

	/**
	 * White space, and what spreadsheets put beside text that looks like it: no-break
	 * spaces and a byte order mark.
	 */
	private static boolean isSpace(char c) {
		return Character.isWhitespace(c) || c == '\u00A0' || c == '\u2007' || c == '\u202F' || c == '\uFEFF';
	}

}
