package productimporter.uploads;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.yaml.snakeyaml.Yaml;

/**
 * A case written down in a file below {@code csv-cases}. Texts are strings or lists of
 * parts; a part is a string, {@code {hex: …}}, or {@code {repeat: …, times: …}}.
 */
record CsvCase(String name, Map<String, Object> content) {

	static Stream<CsvCase> all(String folder) {
		try (Stream<Path> files = Files.list(Path.of("src/test/resources/csv-cases", folder))) {
			return files.sorted().map(CsvCase::read).toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static CsvCase read(Path file) {
		try (Reader reader = Files.newBufferedReader(file)) {
			return new CsvCase(file.getFileName().toString(), new Yaml().load(reader));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Charset charset() {
		return Charset.forName((String) this.content.getOrDefault("charset", "UTF-8"));
	}

	char delimiter() {
		return ((String) this.content.getOrDefault("delimiter", ",")).charAt(0);
	}

	byte[] input() {
		return bytes(this.content.get("input"), charset());
	}

	/** Fields of a form, each a text. */
	@SuppressWarnings("unchecked")
	Map<String, String> options() {
		return (Map<String, String>) this.content.getOrDefault("options", Map.of());
	}

	@SuppressWarnings("unchecked")
	List<Map<String, Object>> records() {
		return (List<Map<String, Object>>) this.content.get("records");
	}

	@SuppressWarnings("unchecked")
	Map<String, Object> map(String key) {
		return (Map<String, Object>) this.content.get(key);
	}

	static String text(Object parts) {
		return new String(bytes(parts, Charset.forName("UTF-8")), Charset.forName("UTF-8"));
	}

	private static byte[] bytes(Object parts, Charset charset) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		if (parts instanceof List<?> list) {
			list.forEach((part) -> out.writeBytes(bytes(part, charset)));
		}
		else if (parts instanceof Map<?, ?> map && map.get("hex") instanceof String hex) {
			out.writeBytes(HexFormat.ofDelimiter(" ").parseHex(hex));
		}
		else if (parts instanceof Map<?, ?> map) {
			byte[] part = bytes(map.get("repeat"), charset);
			for (int i = 0; i < (int) map.get("times"); i++) {
				out.writeBytes(part);
			}
		}
		else {
			out.writeBytes(((String) parts).getBytes(charset));
		}
		return out.toByteArray();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
