package productimporter.uploads;

import org.jspecify.annotations.Nullable;

/**
 * The name a sender gave to a file, made fit to be shown and stored. It never becomes a
 * path.
 */
final class SentFilename {

	static final String DEFAULT = "upload.csv";

	static final int LONGEST = 255;

	private SentFilename() {
	}

	/**
	 * The last segment of the name without characters that control a terminal, a log or
	 * the direction of text.
	 * @param sent as it came, or {@code null}
	 * @return 1 to 255 characters
	 */
	static String clean(@Nullable String sent) {
		if (sent == null) {
			return DEFAULT;
		}
		String last = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
		StringBuilder kept = new StringBuilder();
		last.codePoints().filter(SentFilename::isHarmless).forEach(kept::appendCodePoint);
		String name = cut(kept.toString().strip()).strip();
		return (name.isEmpty() || name.equals(".") || name.equals("..")) ? DEFAULT : name;
	}

	/**
	 * Format characters include the bidirectional overrides, marks and isolates, and the
	 * byte order mark.
	 */
	private static boolean isHarmless(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
					Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> true;
		};
	}

	private static String cut(String name) {
		if (name.length() <= LONGEST) {
			return name;
		}
		int end = Character.isHighSurrogate(name.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
		return name.substring(0, end);
	}

}
