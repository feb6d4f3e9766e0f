package productimporter.uploads;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts as a workbook holds them.
 */
final class CellText {

	/**
	 * Where a text is cut: longer than any cell that is imported, so that its row is
	 * refused.
	 */
	static final int MOST = (1 << 20) + 1;

	/** ECMA-376, ST_Xstring: characters that XML can't hold. */
	private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

	private CellText() {
	}

	/**
	 * Appends a text, of however many runs, without how it is pronounced.
	 * @param part at the start tag of the element, afterwards at its end tag
	 */
	static void read(XmlPart part, String element, StringBuilder target) throws IOException {
		while (part.next() && !part.isEnd(element)) {
			if (part.isStart("rPh")) {
				part.skip();
			}
			else if (part.isStart("t")) {
				part.text(target, MOST);
			}
		}
	}

	/** A text with its escaped characters. */
	static String unescaped(StringBuilder text) {
		if (text.indexOf("_x") < 0) {
			return text.toString();
		}
		Matcher matcher = ESCAPED.matcher(text);
		StringBuilder plain = new StringBuilder();
		while (matcher.find()) {
			char c = (char) Integer.parseInt(matcher.group(1), 16);
			matcher.appendReplacement(plain,
					Matcher.quoteReplacement(Character.isSurrogate(c) ? matcher.group() : String.valueOf(c)));
		}
		return matcher.appendTail(plain).toString();
	}

}
