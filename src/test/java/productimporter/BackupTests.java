package productimporter;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What {@code ops/backup} writes while the application works is all that
 * {@code ops/restore} needs for another server.
 */
class BackupTests {

	private static final String CSV = "sku,name,description,price\nb-1,Öne,\"Line\n2\",1.50\nb-2,Two,,2\nb-3,Bad,,x\n";

	@Test
	void aBackupRestoredIntoAnEmptyServerGivesTheSameProductsRunsAndFiles() throws Exception {
		assumeTrue(TestDatabases.local15().isPresent(), "There is no PostgreSQL 15 here");
		String from = TestDatabases.freshDatabase(TestDatabases.local15().orElseThrow());
		String into = TestDatabases.freshDatabase(TestDatabases.embedded18());
		Path work = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "backup").toAbsolutePath();
		String run;
		JsonNode before;
		String refused;
		try (ImporterProcess importer = start(work.resolve("old"), from)) {
			run = importer.client()
				.parse(importer.client().post("b.csv", CSV.getBytes(StandardCharsets.UTF_8), Map.of()).body())
				.get("task_id")
				.asString();
			before = importer.client().await(run);
			refused = importer.client().get("/upload/errors/" + run).body();
			command(from, "ops/backup", work.resolve("old/uploads").toString(), work.resolve("saved").toString());
		}
		command(into, "ops/restore", work.resolve("saved").toString(), work.resolve("new/uploads").toString());
		assertThat(new Catalogue(into).digest()).isEqualTo(new Catalogue(from).digest());
		try (ImporterProcess importer = start(work.resolve("new"), into)) {
			assertThat(importer.client().status(run)).isEqualTo(before);
			assertThat(importer.client().get("/upload/errors/" + run).body()).isEqualTo(refused)
				.contains("b-3,Bad,,x,5,price,x");
			String again = importer.client()
				.parse(importer.client().post("b.csv", CSV.getBytes(StandardCharsets.UTF_8), Map.of()).body())
				.get("task_id")
				.asString();
			assertThat(importer.client().await(again).get("unchanged").asInt()).isEqualTo(2);
		}
	}

	private static ImporterProcess start(Path data, String database) {
		return ImporterProcess.start(data, "importer.database.url=" + database,
				"importer.uploads.directory=" + data.resolve("uploads"));
	}

	private static void command(String database, String... command) throws Exception {
		List<String> words = new ArrayList<>(List.of(command));
		ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
		builder.environment().put("DATABASE_URL", database.substring("jdbc:".length()));
		Process process = builder.start();
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(said).isZero();
	}

}
