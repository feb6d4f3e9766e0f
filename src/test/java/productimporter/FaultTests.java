package productimporter;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Faults at random moments, as often as {@code -Dfaults.count} says, from
 * {@code -Dfaults.seed}. Run by {@code ops/faults/run}; a short form of each is in
 * {@link CrashTests}.
 */
@EnabledIfSystemProperty(named = "faults.count", matches = "[1-9][0-9]*")
class FaultTests {

	private static final String[] SETTINGS = { "importer.job.chunk-size=2000" };

	private final int count = Integer.getInteger("faults.count", 1);

	private final long seed = Long.getLong("faults.seed", 1);

	private final int rows = Integer.getInteger("faults.rows", 200_000);

	private final Random random = new Random(this.seed);

	private final Map<String, Integer> moments = new TreeMap<>();

	@TempDir
	Path directory;

	@Test
	void theApplicationIsKilledAtRandomMoments() {
		ProductFile file = ProductFile.write(this.directory.resolve("products.csv"), this.rows, this.seed, 0.01);
		Path data = this.directory.resolve("data");
		ImporterProcess importer = ImporterProcess.start(data, SETTINGS);
		try {
			long undisturbed = undisturbed(importer, file);
			for (int i = 0; i < this.count; i++) {
				importer.catalogue().execute("TRUNCATE product");
				ImporterProcess victim = importer;
				CompletableFuture<String> upload = CompletableFuture
					.supplyAsync(() -> victim.client().upload(file.path()));
				pause(undisturbed);
				victim.kill();
				String moment = moment(victim.catalogue());
				importer = ImporterProcess.start(data, SETTINGS);
				String task = accepted(upload);
				if (task == null) {
					moment = "transfer";
					importer.catalogue().execute("TRUNCATE product");
					task = importer.client().upload(file.path());
				}
				this.moments.merge(moment, 1, Integer::sum);
				assertComplete(importer, task, file);
			}
		}
		finally {
			System.out.println("faults: application killed " + this.moments + ", seed " + this.seed);
			importer.close();
		}
	}

	@Test
	void postgresIsKilledAtRandomMoments() {
		ProductFile file = ProductFile.write(this.directory.resolve("products.csv"), this.rows, this.seed, 0.01);
		try (ImporterProcess importer = ImporterProcess.start(this.directory.resolve("data"), SETTINGS)) {
			long undisturbed = undisturbed(importer, file);
			for (int i = 0; i < this.count; i++) {
				importer.catalogue().execute("TRUNCATE product");
				String task = importer.client().upload(file.path());
				pause(undisturbed);
				this.moments.merge(importer.client().status(task).get("status").asString(), 1, Integer::sum);
				importer.postmaster().destroyForcibly();
				assertComplete(importer, task, file);
			}
			System.out.println("faults: PostgreSQL killed " + this.moments + ", seed " + this.seed);
		}
	}

	@Test
	void stopAndGoOnArePressedInAnyOrder() {
		ProductFile file = ProductFile.write(this.directory.resolve("products.csv"), this.rows, this.seed, 0.01);
		try (ImporterProcess importer = ImporterProcess.start(this.directory.resolve("data"), SETTINGS)) {
			String task = importer.client().upload(file.path());
			for (int i = 0; i < this.count * 7; i++) {
				String press = this.random.nextBoolean() ? "stop" : "retry";
				int answer = importer.client().post("/upload/" + press + "/" + task).statusCode();
				this.moments.merge(press + " " + answer, 1, Integer::sum);
				pause(100);
			}
			Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
				JsonNode status = importer.client().await(task);
				if (status.get("status").asString().equals("stopped")) {
					importer.client().post("/upload/retry/" + task);
					return false;
				}
				return true;
			});
			System.out.println("faults: pressed " + this.moments + ", seed " + this.seed);
			assertComplete(importer, task, file);
		}
	}

	/** Milliseconds that an import takes by itself, the second of two. */
	private long undisturbed(ImporterProcess importer, ProductFile file) {
		long took = 0;
		for (int i = 0; i < 2; i++) {
			importer.catalogue().execute("TRUNCATE product");
			long start = System.nanoTime();
			assertComplete(importer, importer.client().upload(file.path()), file);
			took = Duration.ofNanos(System.nanoTime() - start).toMillis();
		}
		return took;
	}

	/**
	 * Lets a random time pass: the moment of a fault is the point, nothing is waited for.
	 */
	private void pause(long atMostMillis) {
		long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(this.random.nextLong(1, atMostMillis + 1));
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.atMost(Duration.ofMinutes(1))
			.until(() -> System.nanoTime() - until >= 0);
	}

	/** Where the newest run stood when its application died. */
	private static String moment(Catalogue catalogue) {
		return catalogue.text("SELECT status FROM import_run ORDER BY queue_number DESC LIMIT 1");
	}

	private static @Nullable String accepted(CompletableFuture<String> upload) {
		try {
			return upload.get(1, TimeUnit.MINUTES);
		}
		catch (ExecutionException ex) {
			return null;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void assertComplete(ImporterProcess importer, String task, ProductFile file) {
		JsonNode status = importer.client().await(task);
		assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("completed");
		assertThat(status.get("created").asInt()).as(status.toString()).isEqualTo(file.products());
		assertThat(status.get("updated").asInt() + status.get("unchanged").asInt()).isZero();
		assertThat(status.get("superseded").asInt()).isEqualTo(file.superseded());
		assertThat(status.get("rejected").asInt()).isEqualTo(file.rejected());
		assertThat(importer.catalogue().digest()).isEqualTo(file.digest());
		assertThat(importer.catalogue().count("refused_row WHERE problem_number = 0 AND run_id = '" + task + "'"))
			.isEqualTo(file.rejected());
	}

}
