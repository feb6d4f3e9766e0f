package productimporter;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stray quote in a long file costs its row and no other, in a process with a small
 * heap, also when the import stops or dies on its way.
 */
class StrayQuoteTests {

	private static final int ROWS = 100_000;

	private static final String[] SETTINGS = { "importer.job.chunk-size=2000", "importer.job.partitions=2" };

	/** Never closed: what comes behind it may look like its cell. */
	private static final String OPEN = "sku-%06d,\"Lamp,text,1.00\n";

	/** An inch. */
	private static final String WITHIN = "sku-%06d,\"Lamp 12\" wide\",text,1.00\n";

	@TempDir
	static Path directory;

	private static ImporterProcess importer;

	@ParameterizedTest
	@CsvSource({ "0, true", "0, false", "50000, true", "50000, false", "99999, true", "99999, false" })
	void theImportIsStoppedOnItsWayAndGoesOn(int record, boolean quoted) throws Exception {
		if (importer == null) {
			importer = ImporterProcess.start(directory.resolve("data"), SETTINGS);
			importer.catalogue().slowDown(0.1);
		}
		Catalogue catalogue = importer.catalogue();
		catalogue.execute("TRUNCATE product; ALTER TABLE product ENABLE TRIGGER slowly");
		String task = importer.client().upload(write(Map.of(record, OPEN), quoted));
		awaitProducts(importer);
		importer.client().post("/upload/stop/" + task);
		JsonNode stopped = importer.client().await(task);
		assertThat(stopped.get("status").asString()).isEqualTo("stopped");
		assertThat(catalogue.count("product")).isBetween(1L, ROWS - 2L);
		catalogue.speedUp();
		importer.client().post("/upload/retry/" + task);
		assertOnlyRefused(importer, task, Map.of(record, OPEN), quoted);
	}

	@Test
	void theApplicationIsKilledOnItsWayAndGoesOn() throws Exception {
		Map<Integer, String> strays = new TreeMap<>(
				Map.of(0, WITHIN, 1, OPEN, 49_999, OPEN, 50_000, WITHIN, 99_998, WITHIN, 99_999, OPEN));
		Path data = directory.resolve("killed");
		String task;
		try (ImporterProcess victim = ImporterProcess.start(data, SETTINGS)) {
			victim.catalogue().slowDown(0.1);
			task = victim.client().upload(write(strays, true));
			awaitProducts(victim);
			victim.kill();
			assertThat(victim.catalogue().count("product")).isBetween(1L, ROWS - 10L);
			victim.catalogue().speedUp();
		}
		try (ImporterProcess heir = ImporterProcess.start(data, SETTINGS)) {
			assertOnlyRefused(heir, task, strays, true);
			assertThat(heir.client().status(task).get("attempts").asInt()).isEqualTo(2);
		}
	}

	@AfterAll
	static void stop() {
		if (importer != null) {
			importer.close();
		}
	}

	private static void assertOnlyRefused(ImporterProcess importer, String task, Map<Integer, String> strays,
			boolean quoted) throws Exception {
		JsonNode status = importer.client().await(task);
		assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("completed");
		assertThat(status.get("rows_read").asInt()).isEqualTo(ROWS);
		assertThat(status.get("created").asInt()).isEqualTo(ROWS - strays.size());
		assertThat(status.get("rejected").asInt()).isEqualTo(strays.size());
		List<String> refused = importer.client().get("/upload/errors/" + task).body().lines().skip(1).toList();
		assertThat(refused).hasSize(strays.size());
		int place = 0;
		for (int record : new TreeMap<>(strays).keySet()) {
			assertThat(refused.get(place++)).startsWith("sku-%06d,".formatted(record))
				.contains("," + (record + 2) + ",", ",stray_quote,");
		}
		assertThat(importer.catalogue().digest()).isEqualTo(digest(strays, quoted));
	}

	private static void awaitProducts(ImporterProcess importer) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(10))
			.until(() -> importer.catalogue().count("product") >= 1_000);
	}

	private static Path write(Map<Integer, String> strays, boolean quoted) throws Exception {
		StringBuilder csv = new StringBuilder("sku,name,description,price\n");
		for (int record = 0; record < ROWS; record++) {
			String stray = strays.get(record);
			csv.append((stray != null) ? stray.formatted(record)
					: (quoted ? "sku-%06d,\"Lamp, %d\",\"12\"\" wide\",1.50\n" : "sku-%06d,Lamp %d,wide,1.50\n")
						.formatted(record, record));
		}
		return Files.writeString(directory.resolve("stray.csv"), csv);
	}

	private static String digest(Map<Integer, String> strays, boolean quoted) throws Exception {
		MessageDigest digest = MessageDigest.getInstance("SHA-256");
		for (int record = 0; record < ROWS; record++) {
			if (!strays.containsKey(record)) {
				digest.update((quoted ? "sku-%06d\tLamp, %d\t12\" wide\t1.50\n" : "sku-%06d\tLamp %d\twide\t1.50\n")
					.formatted(record, record)
					.getBytes(StandardCharsets.UTF_8));
			}
		}
		return HexFormat.of().formatHex(digest.digest());
	}

}
