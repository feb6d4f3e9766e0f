package productimporter.uploads;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * The encoding of a file: that of its byte order mark; UTF-16, where every other byte is
 * zero; UTF-8, where the bytes are. Anything else is a guess, so it is asked for.
 *
 * @param charset without state or byte order mark
 * @param markLength of the byte order mark, in bytes
 */
record TextEncoding(Charset charset, int markLength) {

	private static final int LOOKED_AT = 1024;

	/**
	 * Find it.
	 * @param start the first bytes of the file
	 * @param whole whether they are all of it
	 * @param said what somebody says it is, or {@code null}
	 * @throws UnreadableFile {@code encoding_unclear}, {@code file_not_text}
	 */
	static TextEncoding of(byte[] start, boolean whole, @Nullable Charset said) {
		for (Mark mark : Mark.values()) {
			if (BinaryKind.startsWith(start, mark.bytes)) {
				if (said != null && !said.equals(mark.charset)) {
					throw UnreadableFile.ofOption("encoding_contradicted", "encoding",
							"The file begins with the byte order mark of %s, so it isn't %s. Leave the encoding out."
								.formatted(mark.charset.name(), said.name()));
				}
				return new TextEncoding(mark.charset, mark.bytes.length());
			}
		}
		if (said != null) {
			return new TextEncoding(said, 0);
		}
		Charset wide = wide(start);
		if (wide != null) {
			return new TextEncoding(wide, 0);
		}
		int undecodable = firstUndecodable(start, whole);
		if (undecodable >= 0) {
			throw unclear(start, undecodable);
		}
		return new TextEncoding(StandardCharsets.UTF_8, 0);
	}

	/** UTF-16 without a mark: NUL is in no text that anybody would import. */
	private static @Nullable Charset wide(byte[] start) {
		int length = Math.min(start.length, LOOKED_AT) & ~1;
		int[] zeros = new int[2];
		for (int i = 0; i < length; i++) {
			zeros[i & 1] += (start[i] == 0) ? 1 : 0;
		}
		int enough = Math.max(2, length / 8);
		return (zeros[0] == 0 && zeros[1] >= enough) ? StandardCharsets.UTF_16LE
				: (zeros[1] == 0 && zeros[0] >= enough) ? StandardCharsets.UTF_16BE : null;
	}

	private static int firstUndecodable(byte[] start, boolean whole) {
		ByteBuffer bytes = ByteBuffer.wrap(start);
		CharBuffer chars = CharBuffer.allocate(8192);
		var decoder = StandardCharsets.UTF_8.newDecoder();
		CoderResult result;
		do {
			chars.clear();
			result = decoder.decode(bytes, chars, whole);
		}
		while (result.isOverflow());
		return result.isError() ? bytes.position() : -1;
	}

	private static UnreadableFile unclear(byte[] start, int undecodable) {
		UniversalDetector detector = new UniversalDetector();
		detector.handleData(start, 0, start.length);
		detector.dataEnd();
		String name = detector.getDetectedCharset();
		Charset guess = CsvOptions.known(name);
		boolean control = false;
		for (int i = 0; i < Math.min(start.length, LOOKED_AT); i++) {
			control |= start[i] >= 0 && start[i] < ' ' && "\t\n\r\f".indexOf(start[i]) < 0;
		}
		if (control) {
			throw UnreadableFile.atLine("file_not_text", 1,
					"The file isn't text: it contains control characters. Save it as \"CSV UTF-8\" and upload that.");
		}
		// the detector takes short German texts for MacCyrillic; by far the most files
		// that
		// are neither UTF-8 nor UTF-16 are Windows-1252
		if (guess == null || guess.equals(StandardCharsets.UTF_8) || name.startsWith("MAC")) {
			guess = CsvOptions.known("windows-1252");
		}
		long line = 1;
		for (int i = 0; i < undecodable; i++) {
			line += (start[i] == '\n' || (start[i] == '\r' && (i + 1 == start.length || start[i + 1] != '\n'))) ? 1 : 0;
		}
		String hex = HexFormat.of().withUpperCase().formatHex(Arrays.copyOfRange(start, undecodable, undecodable + 1));
		return UnreadableFile.doubt("encoding_unclear", "encoding", (guess != null) ? guess.name() : null, line, String
			.format(Locale.ROOT,
					"Line %,d contains bytes that are not UTF-8 text: %s at byte offset %,d of the file. %s or save the file as UTF-8 and upload it again.",
					line, hex, undecodable,
					(guess != null) ? "It looks like %s: if it is, send encoding=%1$s,".formatted(guess.name())
							: "Send its encoding,"));
	}

	/** Byte order marks, each byte written as the character of its number. */
	private enum Mark {

		UTF_8(StandardCharsets.UTF_8, "\u00EF\u00BB\u00BF"), UTF_16LE(StandardCharsets.UTF_16LE, "\u00FF\u00FE"),
		UTF_16BE(StandardCharsets.UTF_16BE, "\u00FE\u00FF");

		private final Charset charset;

		private final String bytes;

		Mark(Charset charset, String bytes) {
			this.charset = charset;
			this.bytes = bytes;
		}

	}

}
