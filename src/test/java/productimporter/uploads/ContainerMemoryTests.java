package productimporter.uploads;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files made to fill the memory, unpacked by a process that has 40 MiB of it.
 */
class ContainerMemoryTests {

	private static final String ROW = "<row><c t=\"inlineStr\"><is><t>x</t></is></c></row>";

	@TempDir
	Path directory;

	@Test
	void whateverAContainerHoldsLittleOfItIsKeptInMemory() throws Exception {
		Path files = Files.createDirectory(this.directory.resolve("files"));
		gzipWithALongName(files.resolve("gzip-name"));
		archiveOfManyFiles(files.resolve("zip-entries"));
		workbook(files, "xlsx-attribute", "sheet1.xml", "<row r=\"", (i) -> "1111111111", "\"/>", 8 << 20);
		workbook(files, "xlsx-element-name", "sheet1.xml", "<", (i) -> "aaaaaaaaaa", "/>", 8 << 20);
		workbook(files, "xlsx-element-names", "sheet1.xml", "", (i) -> "<a" + i + "/>", "", 1 << 20);
		workbook(files, "xlsx-comment", "sheet1.xml", ROW + "<!--", (i) -> "----------".replace("--", " -"), "-->",
				8 << 20);
		workbook(files, "xlsx-depth", "sheet1.xml", "", (i) -> "<a>", "", 8 << 20);
		workbook(files, "xlsx-cell", "sheet1.xml", "<row><c t=\"inlineStr\"><is>", (i) -> "<t>0123456789</t>",
				"</is></c></row>", 8 << 20);
		workbook(files, "xlsx-relations", "_rels/workbook.xml.rels", "",
				(i) -> "<Relationship Id=\"x" + i + "\" Type=\"t/x\" Target=\"y\"/>", "", 2 << 20);
		workbook(files, "xlsx-shared-strings", "sharedStrings.xml", "", (i) -> "<si><t>text number " + i + "</t></si>",
				"", 4 << 20);
		workbook(files, "xlsx-empty-shared-strings", "sharedStrings.xml", "", (i) -> "<si/>", "", 20 << 20);
		workbook(files, "xlsx-styles", "styles.xml", "<cellXfs>", (i) -> "<xf numFmtId=\"14\"/>", "</cellXfs>",
				4 << 20);
		assertThat(unpacked(files)).containsExactly("gzip-name container_damaged", "xlsx-attribute container_damaged",
				"xlsx-cell 1048578", "xlsx-comment container_damaged", "xlsx-depth container_damaged",
				"xlsx-element-name container_damaged", "xlsx-element-names container_damaged",
				"xlsx-empty-shared-strings 2", "xlsx-relations container_damaged", "xlsx-shared-strings 2",
				"xlsx-styles 2", "zip-entries container_several_files");
	}

	private List<String> unpacked(Path files) throws Exception {
		Path out = this.directory.resolve("out");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx40m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), UnpackMain.class.getName(),
				files.toString(), this.directory.resolve("store").toString())
			.redirectErrorStream(true)
			.redirectOutput(out.toFile())
			.start();
		try {
			assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		return Files.readAllLines(out).stream().filter((line) -> !line.contains("DEBUG")).toList();
	}

	private static void gzipWithALongName(Path file) throws IOException {
		byte[] gzip = ContainerFiles.gzip("sku,name\n");
		gzip[3] = 8;
		try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
			out.write(gzip, 0, 10);
			byte[] name = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
			for (int i = 0; i < 60; i++) {
				out.write(name);
			}
			out.write(0);
			out.write(gzip, 10, gzip.length - 10);
		}
	}

	private static void archiveOfManyFiles(Path file) throws IOException {
		try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
			for (int i = 0; i < 300_000; i++) {
				zip.putNextEntry(new ZipEntry(i + ".csv"));
			}
		}
	}

	/** A workbook of which one part has something very often. */
	private static void workbook(Path files, String name, String part, String before, IntFunction<String> often,
			String after, int times) throws IOException {
		Map<String, String> parts = new LinkedHashMap<>(ContainerFiles.parts(ROW));
		String path = part.startsWith("sheet") ? "xl/worksheets/" + part : "xl/" + part;
		String wrapped = switch (part) {
			case "sheet1.xml" -> ContainerFiles.sheet("…");
			case "styles.xml" -> "<styleSheet>…</styleSheet>";
			case "sharedStrings.xml" -> "<sst>…</sst>";
			default -> "<Relationships>…</Relationships>";
		};
		parts.remove(path);
		try (ZipOutputStream zip = new ZipOutputStream(
				new BufferedOutputStream(Files.newOutputStream(files.resolve(name))))) {
			zip.setLevel(Deflater.BEST_SPEED);
			for (Map.Entry<String, String> other : parts.entrySet()) {
				zip.putNextEntry(new ZipEntry(other.getKey()));
				zip.write(other.getValue().getBytes(StandardCharsets.UTF_8));
			}
			zip.putNextEntry(new ZipEntry(path));
			OutputStream buffer = new BufferedOutputStream(zip, 1 << 16);
			buffer.write((wrapped.substring(0, wrapped.indexOf('…')) + before).getBytes(StandardCharsets.UTF_8));
			for (int i = 0; i < times; i++) {
				buffer.write(often.apply(i).getBytes(StandardCharsets.UTF_8));
			}
			buffer.write((after + wrapped.substring(wrapped.indexOf('…') + 1)).getBytes(StandardCharsets.UTF_8));
			buffer.flush();
		}
	}

}
