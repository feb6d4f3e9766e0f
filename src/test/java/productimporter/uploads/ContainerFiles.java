package productimporter.uploads;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes gzip files, zip archives and the parts of workbooks.
 */
final class ContainerFiles {

	private static final String RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

	private ContainerFiles() {
	}

	static byte[] gzip(String content) {
		return written((out) -> {
			try (OutputStream gzip = new GZIPOutputStream(out)) {
				gzip.write(content.getBytes(StandardCharsets.UTF_8));
			}
		});
	}

	/**
	 * @param members content by name; of a directory nothing
	 */
	static byte[] zip(Map<String, byte[]> members) {
		return written((out) -> {
			try (ZipOutputStream zip = new ZipOutputStream(out)) {
				for (Map.Entry<String, byte[]> member : members.entrySet()) {
					zip.putNextEntry(new ZipEntry(member.getKey()));
					zip.write(member.getValue());
				}
			}
		});
	}

	static byte[] zip(String name, String content) {
		return zip(Map.of(name, content.getBytes(StandardCharsets.UTF_8)));
	}

	static byte[] workbook(Map<String, String> parts) {
		Map<String, byte[]> members = new LinkedHashMap<>();
		parts.forEach((name, xml) -> members.put(name, xml.getBytes(StandardCharsets.UTF_8)));
		return zip(members);
	}

	/** The parts of a workbook with one sheet, to be changed. */
	static Map<String, String> parts(String rows) {
		Map<String, String> parts = new LinkedHashMap<>();
		parts.put("[Content_Types].xml", "<Types/>");
		parts.put("_rels/.rels", relations("r1", "officeDocument", "xl/workbook.xml"));
		parts.put("xl/workbook.xml",
				"<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"%s\">"
					.formatted(RELATION)
						+ "<sheets><sheet name=\"Prices\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
		parts.put("xl/_rels/workbook.xml.rels", relations("r1", "worksheet", "worksheets/sheet1.xml", "r2", "styles",
				"styles.xml", "r3", "sharedStrings", "/xl/sharedStrings.xml"));
		parts.put("xl/worksheets/sheet1.xml", sheet(rows));
		return parts;
	}

	static String sheet(String rows) {
		return "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>" + rows
				+ "</sheetData></worksheet>";
	}

	/**
	 * @param relations id, type and target of each
	 */
	static String relations(String... relations) {
		StringBuilder xml = new StringBuilder(
				"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
		for (int i = 0; i < relations.length; i += 3) {
			xml.append("<Relationship Id=\"%s\" Type=\"%s/%s\" Target=\"%s\"/>".formatted(relations[i], RELATION,
					relations[i + 1], relations[i + 2]));
		}
		return xml.append("</Relationships>").toString();
	}

	static byte[] written(Writing writing) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			writing.to(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/** Writes a file. */
	interface Writing {

		void to(OutputStream out) throws IOException;

	}

}
