package productimporter.imports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/**
 * A file with its outcome, from {@code src/test/resources/import-cases}. In {@code csv},
 * {@code \r}, {@code \0} and {@code \uFEFF} stand for the characters, {@code <1M>} for a
 * million and 48,576 times the letter x.
 *
 * @param filename what it is sent as; {@code container} says what it is packed in:
 * {@code gz}, {@code zip} or {@code xlsx} (where prices that are numbers become such)
 * @param options form fields sent with the file
 * @param catalogue products that are there before, in SQL's VALUES
 * @param products {@code sku|name|description|price} a line
 * @param refused {@code line code} a line
 * @param question the code of what has to be said before the import
 * @param refusal the problem's code when the upload itself is refused
 * @param failure the code when the run fails
 */
record ImportCase(String name, String filename, byte[] content, Map<String, String> options, String catalogue,
		String products, String refused, long superseded, @Nullable String question, @Nullable String refusal,
		@Nullable String failure) {

	static Stream<ImportCase> all() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("src/test/resources/import-cases"))) {
			List<ImportCase> cases = files.sorted().map(ImportCase::read).toList();
			return cases.stream();
		}
	}

	private static ImportCase read(Path file) {
		try (Reader reader = Files.newBufferedReader(file)) {
			Map<String, Object> yaml = new Yaml().load(reader);
			String csv = text(yaml, "csv").replace("\\r", "\r")
				.replace("\\0", "\0")
				.replace("\\uFEFF", "\uFEFF")
				.replace("<1M>", "x".repeat(1 << 20));
			Charset charset = Charset.forName((String) yaml.getOrDefault("charset", StandardCharsets.UTF_8.name()));
			String container = (String) yaml.getOrDefault("container", "csv");
			return new ImportCase(file.getFileName().toString().replace(".yaml", ""), "case." + container,
					packed(csv.getBytes(charset), container), options(yaml), text(yaml, "catalogue"),
					text(yaml, "products").stripTrailing(), text(yaml, "refused").stripTrailing(),
					((Number) yaml.getOrDefault("superseded", 0)).longValue(), (String) yaml.get("question"),
					(String) yaml.get("refusal"), (String) yaml.get("failure"));
		}
		catch (IOException ex) {
			throw new IllegalStateException(file.toString(), ex);
		}
	}

	private static byte[] packed(byte[] csv, String container) throws IOException {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		switch (container) {
			case "gz" -> {
				try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
					gzip.write(csv);
				}
			}
			case "zip" -> {
				try (ZipOutputStream zip = new ZipOutputStream(packed)) {
					zip.putNextEntry(new ZipEntry("export/products.csv"));
					zip.write(csv);
				}
			}
			case "xlsx" -> {
				try (Workbook workbook = new Workbook(packed, "tests", "1.0")) {
					fill(workbook.newWorksheet("Products"), new String(csv, StandardCharsets.UTF_8));
				}
			}
			default -> packed.write(csv);
		}
		return packed.toByteArray();
	}

	private static void fill(Worksheet sheet, String csv) throws IOException {
		try (CsvReader<CsvRecord> records = CsvReader.builder().ofCsvRecord(csv)) {
			int row = 0;
			for (CsvRecord record : records) {
				for (int i = 0; i < record.getFieldCount(); i++) {
					String text = record.getField(i);
					if (i == 3 && text.matches("[0-9]+([.][0-9]+)?")) {
						sheet.value(row, i, Double.valueOf(text));
					}
					else {
						sheet.value(row, i, text);
					}
				}
				row++;
			}
		}
	}

	@SuppressWarnings("unchecked")
	private static Map<String, String> options(Map<String, Object> yaml) {
		return (Map<String, String>) yaml.getOrDefault("options", Map.of());
	}

	private static String text(Map<String, Object> yaml, String name) {
		Object value = yaml.get(name);
		return (value != null) ? value.toString() : "";
	}

	@Override
	public String toString() {
		return this.name;
	}

}
