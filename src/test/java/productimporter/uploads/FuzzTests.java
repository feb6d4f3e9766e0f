package productimporter.uploads;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A fuzzer (Jazzer) on all that reads what somebody uploads: no crash, no hang, bounded
 * memory (the heap's 256 MB; what the fuzzer itself takes beside it isn't counted). Short
 * here; {@code ops/fuzz} goes on for as long as it is told. A finding's bytes are in the
 * output, and belong into the cases of this package.
 */
class FuzzTests {

	private static final int RUNS = Integer.getInteger("fuzz.runs", 20_000);

	private static final int SEED = Integer.getInteger("fuzz.seed", 7);

	private static final int SECONDS = Integer.getInteger("fuzz.seconds", 60);

	@ParameterizedTest
	@ValueSource(classes = { FuzzCsv.class, FuzzContainer.class })
	void anyBytesAreReadOrRefused(Class<?> target, @TempDir Path directory) throws Exception {
		assumeTrue(System.getProperty("os.arch").matches("amd64|x86_64|aarch64"),
				"SKIPPED: the fuzzer has no program for this processor");
		Path corpus = Files.createDirectory(directory.resolve("corpus"));
		writeSeeds(corpus);
		Path log = directory.resolve("log");
		Process fuzzer = new ProcessBuilder(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-cp",
						System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
						"com.code_intelligence.jazzer.Jazzer", "--target_class=" + target.getName(),
						"--instrumentation_includes=productimporter.uploads.**", "--reproducer_path=" + directory,
						"-artifact_prefix=" + directory + "/", "-runs=" + ((RUNS > 0) ? RUNS : -1),
						"-max_total_time=" + SECONDS, "-max_len=4096", "-timeout=10", "-rss_limit_mb=0",
						"-seed=" + SEED, corpus.toString()))
			.directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			assertThat(fuzzer.waitFor(SECONDS + 120L, TimeUnit.SECONDS)).as("the fuzzer ends").isTrue();
			String said = Files.readString(log);
			assertThat(fuzzer.exitValue()).as(tail(said)).isZero();
			assertThat(said).containsPattern("Done \\d+ runs in");
			System.out.println("fuzz: " + target.getSimpleName() + " "
					+ said.lines().filter((line) -> line.startsWith("Done ")).findFirst().orElseThrow());
		}
		finally {
			fuzzer.destroyForcibly();
		}
	}

	private static String tail(String log) {
		return log.substring(Math.max(0, log.length() - 8000));
	}

	private static void writeSeeds(Path corpus) throws IOException {
		try (Stream<Path> cases = Files.list(Path.of("src/test/resources/import-cases"))) {
			for (Path one : cases.sorted().toList()) {
				String text = Files.readString(one);
				int csv = text.indexOf("csv: |");
				if (csv >= 0 && text.length() < 4000) {
					Files.writeString(corpus.resolve(one.getFileName()),
							"\0" + text.substring(text.indexOf('\n', csv) + 1).replaceAll("(?m)^  ", ""),
							StandardCharsets.UTF_8);
				}
			}
		}
		Files.write(corpus.resolve("gz"), ContainerFiles.gzip("sku,name\na,A\n"));
		Files.write(corpus.resolve("zip"), ContainerFiles.zip("products.csv", "sku,name\na,A\n"));
		Files.write(corpus.resolve("xlsx"), ContainerFiles.workbook(ContainerFiles
			.parts("""
					<row r="1"><c r="A1" t="inlineStr"><is><t>sku</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row>""")));
	}

}
