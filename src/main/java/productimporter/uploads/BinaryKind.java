package productimporter.uploads;

import java.nio.charset.StandardCharsets;

/**
 * Kinds of files that people upload by mistake, told by their first bytes.
 */
enum BinaryKind {

	ZIP("an Excel workbook (.xlsx) or a zip archive", "PK\3\4"),

	EMPTY_ZIP("an empty zip archive", "PK\5\6"),

	OLE("an old Excel workbook (.xls) or another Office file", "\u00D0\u00CF\u0011\u00E0"),

	GZIP("compressed (gzip)", "\u001F\u008B"),

	PDF("a PDF", "%PDF-"),

	PNG("an image (PNG)", "\u0089PNG"),

	JPEG("an image (JPEG)", "\u00FF\u00D8\u00FF");

	private final String description;

	private final String magic;

	BinaryKind(String description, String magic) {
		this.description = description;
		this.magic = magic;
	}

	/**
	 * Refuse a file of a known kind.
	 * @param start the first bytes of the file
	 * @throws UnreadableFile {@code file_not_text}
	 */
	static void refuse(byte[] start) {
		for (BinaryKind kind : values()) {
			if (startsWith(start, kind.magic)) {
				throw UnreadableFile.because("file_not_text", "The file is " + kind.description
						+ ", not a CSV. Unpack it, or open it in a spreadsheet program and save it as \"CSV UTF-8\", and upload that.");
			}
		}
	}

	/** Whether the first bytes are these, each written as the character of its number. */
	static boolean startsWith(byte[] bytes, String magic) {
		int length = Math.min(bytes.length, magic.length());
		return new String(bytes, 0, length, StandardCharsets.ISO_8859_1).equals(magic);
	}

}
