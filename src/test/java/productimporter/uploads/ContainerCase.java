package productimporter.uploads;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.yaml.snakeyaml.Yaml;

/**
 * A container with what comes of it, from {@code src/test/resources/container-cases}:
 * {@code zip} has contents by name, {@code rows} the rows of a workbook's first sheet,
 * and {@code parts} other parts of that workbook.
 *
 * @param options form fields sent with the file
 * @param csv what it is unpacked to
 * @param part what the container calls it
 * @param refusal the problem's code when it is refused
 * @param says what its detail contains
 */
record ContainerCase(String name, byte[] content, Map<String, String> options, String csv, String part, int leftOut,
		String refusal, String says) {

	static Stream<ContainerCase> all() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("src/test/resources/container-cases"))) {
			List<ContainerCase> cases = files.sorted().map(ContainerCase::read).toList();
			return cases.stream();
		}
	}

	@SuppressWarnings("unchecked")
	private static ContainerCase read(Path file) {
		try (Reader reader = Files.newBufferedReader(file)) {
			Map<String, Object> yaml = new Yaml().load(reader);
			byte[] content;
			if (yaml.containsKey("zip")) {
				Map<String, byte[]> members = new LinkedHashMap<>();
				((Map<String, String>) yaml.get("zip")).forEach(
						(name, text) -> members.put(name.replace("\\0", "\0"), text.getBytes(StandardCharsets.UTF_8)));
				content = ContainerFiles.zip(members);
			}
			else {
				Map<String, String> parts = ContainerFiles.parts(text(yaml, "rows"));
				parts.putAll((Map<String, String>) yaml.getOrDefault("parts", Map.of()));
				parts.values().removeIf(String::isEmpty);
				content = ContainerFiles.workbook(parts);
			}
			return new ContainerCase(file.getFileName().toString().replace(".yaml", ""), content,
					(Map<String, String>) yaml.getOrDefault("options", Map.of()), text(yaml, "csv"), text(yaml, "part"),
					(int) yaml.getOrDefault("left_out", 0), text(yaml, "refusal"), text(yaml, "says"));
		}
		catch (IOException ex) {
			throw new IllegalStateException(file.toString(), ex);
		}
	}

	private static String text(Map<String, Object> yaml, String name) {
		return (String) yaml.getOrDefault(name, "");
	}

	@Override
	public String toString() {
		return this.name;
	}

}
