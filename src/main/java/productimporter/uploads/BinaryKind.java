package productimporter.uploads;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Kinds of files that aren't text, told by their first bytes.
 */
enum BinaryKind {

	ZIP("an Excel workbook (.xlsx) or a zip archive", true, "PK\3\4"),

	EMPTY_ZIP("an empty zip archive", true, "PK\5\6"),

	SPLIT_ZIP("a part of a split zip archive", true, "PK\7\10"),

	GZIP("a gzip file", true, "\u001F\u008B"),

	BZIP2("a bzip2 file", true, "BZh", "1AY&SY"),

	XZ("an xz file", true, "\u00FD7zXZ\0"),

	ZSTD("a Zstandard file", true, "(\u00B5/\u00FD"),

	SEVEN_ZIP("a 7z archive", true, "7z\u00BC\u00AF"),

	RAR("a RAR archive", true, "Rar!\u001A\7"),

	OLE("an old Excel workbook (.xls), one with a password, or another Office file", false, "\u00D0\u00CF\u0011\u00E0"),

	PDF("a PDF", false, "%PDF-"),

	PNG("an image (PNG)", false, "\u0089PNG"),

	JPEG("an image (JPEG)", false, "\u00FF\u00D8\u00FF"),

	GIF("an image (GIF)", false, "GIF8");

	private final String description;

	private final boolean archive;

	private final String magic;

	/** What follows the magic behind one byte that may be anything. */
	private final String further;

	BinaryKind(String description, boolean archive, String magic) {
		this(description, archive, magic, "");
	}

	BinaryKind(String description, boolean archive, String magic, String further) {
		this.description = description;
		this.archive = archive;
		this.magic = magic;
		this.further = further;
	}

	/**
	 * The kind of a file.
	 * @param start the first bytes of the file
	 * @return {@code null} for text, and for what isn't known
	 */
	static @Nullable BinaryKind of(byte[] start) {
		for (BinaryKind kind : values()) {
			if (startsWith(start, kind.magic)
					&& (kind.further.isEmpty() || startsWith(start, kind.magic.length() + 1, kind.further))) {
				return kind;
			}
		}
		return null;
	}

	String description() {
		return this.description;
	}

	/** Whether it holds other files. */
	boolean isArchive() {
		return this.archive;
	}

	/**
	 * Refuse a file of a known kind.
	 * @param start the first bytes of the file
	 * @throws UnreadableFile {@code file_not_text}
	 */
	static void refuse(byte[] start) {
		BinaryKind kind = of(start);
		if (kind != null) {
			throw UnreadableFile.because("file_not_text", "The file is " + kind.description + ", not a CSV. "
					+ (kind.archive ? "Unpack it, or open" : "Open")
					+ " it in a spreadsheet program and save it as \"CSV UTF-8\" or as .xlsx, and upload that.");
		}
	}

	/** Whether the first bytes are these, each written as the character of its number. */
	static boolean startsWith(byte[] bytes, String magic) {
		return startsWith(bytes, 0, magic);
	}

	private static boolean startsWith(byte[] bytes, int from, String magic) {
		return bytes.length >= from + magic.length()
				&& new String(bytes, from, magic.length(), StandardCharsets.ISO_8859_1).equals(magic);
	}

}
