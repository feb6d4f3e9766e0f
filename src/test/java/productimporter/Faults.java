package productimporter;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Faults at random moments of an import, as often as {@code -Dfaults.count} says (once by
 * default), from {@code -Dfaults.seed}, and what must be there in the end. Keeps count of
 * the moments.
 */
final class Faults {

	/** Chunks small enough for many of them. */
	static final String CHUNKS = "importer.job.chunk-size=2000";

	private static final boolean LONG = Integer.getInteger("faults.count") != null;

	private final int count = Integer.getInteger("faults.count", 1);

	private final long seed = Long.getLong("faults.seed", 1);

	private final Random random = new Random(this.seed);

	private final Map<String, Integer> moments = new TreeMap<>();

	private final ProductFile file;

	private long transferMillis;

	private long importMillis;

	Faults(Path directory) {
		this.file = ProductFile.write(directory.resolve("products.csv"),
				Integer.getInteger("faults.rows", LONG ? 200_000 : 120_000), this.seed, 0.01);
	}

	ProductFile file() {
		return this.file;
	}

	int count() {
		return this.count;
	}

	/** The first where it is run long, else the second. */
	static int number(int ifLong, int ifShort) {
		return LONG ? ifLong : ifShort;
	}

	boolean flip() {
		return this.random.nextBoolean();
	}

	/**
	 * Lets a random time pass: the moment of a fault is the point, nothing is waited for.
	 */
	void pause(long atMostMillis) {
		long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(this.random.nextLong(atMostMillis) + 1);
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.atMost(Duration.ofMinutes(1))
			.until(() -> System.nanoTime() - until >= 0);
	}

	/** A fault hit at that moment. */
	void hit(String moment) {
		this.moments.merge(moment, 1, Integer::sum);
	}

	/** Where the newest run stands, or stood when its application died. */
	static String moment(Catalogue catalogue) {
		return catalogue.text("SELECT status FROM import_run ORDER BY queue_number DESC LIMIT 1");
	}

	/** Prints at which moments the faults hit. */
	void tell(String what) {
		int all = this.moments.values().stream().mapToInt(Integer::intValue).sum();
		int within = this.moments.entrySet()
			.stream()
			.filter((moment) -> moment.getKey().matches(".*(parsing|validating|importing|write and commit).*"))
			.mapToInt(Map.Entry::getValue)
			.sum();
		System.out.printf("faults: %s %s, %d of %d within a step, seed %d%n", what, this.moments, within, all,
				this.seed);
	}

	/**
	 * Learns how long the transfer and the import of the file take by themselves, where
	 * it is run long from the second of two.
	 */
	void learn(ImporterProcess importer, Catalogue catalogue) {
		learn(importer, catalogue, number(2, 1));
	}

	/**
	 * Learns the same of an application that is not started anew, which gets faster for
	 * some imports.
	 */
	void learnWarm(ImporterProcess importer, Catalogue catalogue) {
		learn(importer, catalogue, number(8, 1));
	}

	private void learn(ImporterProcess importer, Catalogue catalogue, int imports) {
		for (int i = 0; i < imports; i++) {
			catalogue.execute("TRUNCATE product");
			long start = System.nanoTime();
			String task = importer.client().upload(this.file.path());
			long accepted = System.nanoTime();
			importer.client().await(task);
			this.transferMillis = Duration.ofNanos(accepted - start).toMillis();
			this.importMillis = Duration.ofNanos(System.nanoTime() - accepted).toMillis();
			assertComplete(importer.client(), catalogue, task);
		}
	}

	/** Call when a transfer begins: lets a random part of it and of the import pass. */
	void pauseInTransferOrImport() {
		pause(this.transferMillis + this.importMillis);
	}

	/** Call when an upload was accepted: lets a random part of the import pass. */
	void pauseInImport() {
		pause(this.importMillis);
	}

	/** Call when a run has begun to write: lets a random moment of that pass. */
	void pauseInQuarterOfImport() {
		pause(this.importMillis / 4);
	}

	/**
	 * What an undisturbed run into an empty catalogue leaves behind is there, no row was
	 * written twice, and no two attempts were at work at the same time.
	 */
	JsonNode assertComplete(ImporterClient client, Catalogue catalogue, String task) {
		JsonNode status = client.await(task);
		assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("completed");
		assertThat(status.get("created").asInt()).as(status.toString()).isEqualTo(this.file.products());
		assertThat(status.get("updated").asInt() + status.get("unchanged").asInt()).isZero();
		assertThat(status.get("superseded").asInt()).isEqualTo(this.file.superseded());
		assertThat(status.get("rejected").asInt()).isEqualTo(this.file.rejected());
		assertThat(catalogue.digest()).isEqualTo(this.file.digest());
		assertThat(catalogue.count("refused_row WHERE problem_number = 0 AND run_id = '" + task + "'"))
			.isEqualTo(this.file.rejected());
		assertOneAfterTheOther(catalogue, task);
		return status;
	}

	private static void assertOneAfterTheOther(Catalogue catalogue, String task) {
		assertThat(catalogue.count("batch_job_execution a JOIN batch_job_execution b USING (job_instance_id) "
				+ "JOIN batch_job_execution_params p ON p.job_execution_id = a.job_execution_id "
				+ "AND p.parameter_name = 'run' AND p.parameter_value = '" + task
				+ "' WHERE a.job_execution_id < b.job_execution_id AND b.start_time < a.end_time"))
			.isZero();
	}

}
