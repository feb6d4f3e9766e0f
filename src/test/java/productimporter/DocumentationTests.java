package productimporter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the documentation says is so: its examples run, its picture is that of the code,
 * its links lead somewhere.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class DocumentationTests {

	private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

	private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(#[^)]*)?\\)");

	@LocalServerPort
	int port;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) {
		TestSettings.set(registry, TestDatabases.freshDatabase(TestDatabases.embedded18()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "docs/api.md", "docs/webhooks.md" })
	void everyExampleRuns(String page) throws Exception {
		for (String program : List.of("curl", "jq", "bash")) {
			if (Stream.of("/usr/bin/", "/bin/", "/usr/local/bin/")
				.noneMatch((folder) -> Files.isExecutable(Path.of(folder + program)))) {
				System.err.println("SKIPPED: the examples of " + page + ", because there is no " + program);
				Assumptions.abort("There is no " + program);
			}
		}
		String examples = SHELL.matcher(Files.readString(Path.of(page)))
			.results()
			.map((block) -> block.group(1))
			.collect(Collectors.joining());
		assertThat(examples.lines().filter((line) -> line.contains("localhost:8080")).count()).isGreaterThan(4);
		Path work = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "examples");
		Path script = Files.writeString(work.resolve("examples.sh"), """
				set -euo pipefail
				curl() { command curl --silent --show-error --fail-with-body --max-time 60 "$@"; }
				""" + examples.replace("localhost:8080", "localhost:" + this.port));
		Process process = new ProcessBuilder("bash", "-x", script.toAbsolutePath().toString()).directory(work.toFile())
			.redirectErrorStream(true)
			.redirectOutput(work.resolve("said").toFile())
			.start();
		boolean ended = process.waitFor(5, TimeUnit.MINUTES);
		process.destroyForcibly();
		String said = Files.readString(work.resolve("said"));
		assertThat(ended).as(said).isTrue();
		assertThat(process.exitValue()).as(said).isZero();
	}

	@Test
	void thePictureOfTheModulesIsThatOfTheCode() throws Exception {
		ApplicationModules modules = ApplicationModules.of(ProductImporter.class);
		TreeSet<String> arrows = new TreeSet<>();
		for (ApplicationModule module : modules) {
			module.getDirectDependencies(modules)
				.uniqueModules()
				.forEach((other) -> arrows.add("    " + name(module) + " --> " + name(other)));
		}
		assertThat(Files.readString(Path.of("docs/architecture.md")))
			.contains("```mermaid\nflowchart TD\n" + String.join("\n", arrows) + "\n```");
	}

	@ParameterizedTest
	@ValueSource(strings = { "README.md", "CONTRIBUTING.md", "docs" })
	void everyLinkLeadsToAFile(String where) throws Exception {
		try (Stream<Path> files = Files.walk(Path.of(where))) {
			for (Path page : files.filter((file) -> file.toString().endsWith(".md")).toList()) {
				Path folder = page.toAbsolutePath().getParent();
				assertThat(LINK.matcher(Files.readString(page))
					.results()
					.map((link) -> link.group(1))
					.filter((link) -> !link.contains("://"))
					.filter((link) -> !Files.exists(folder.resolve(link)))).as(page.toString()).isEmpty();
			}
		}
	}

	private static String name(ApplicationModule module) {
		return module.getIdentifier().toString();
	}

}
