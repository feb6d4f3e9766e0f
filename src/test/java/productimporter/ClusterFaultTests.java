package productimporter;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes on one database and one upload directory; whichever is executing a run is
 * killed, or frozen beyond its lease, at random moments.
 */
class ClusterFaultTests {

	/** A state of sessions that have written products and not committed them follows. */
	private static final String WRITTEN = """
			pg_stat_activity a JOIN pg_locks l USING (pid) WHERE a.datname = current_database()
			AND l.relation = 'product'::regclass AND l.mode = 'RowExclusiveLock' AND l.granted AND a.state =\s""";

	private static final String WRITTEN_NOT_COMMITTED = WRITTEN + "'idle in transaction'";

	private static final String EVERYTHING_WRITTEN = """
			SELECT md5(string_agg(t, ',' ORDER BY t)) FROM (
			    SELECT xmin || ' ' || ctid FROM product UNION ALL SELECT r::text FROM import_run r
			    UNION ALL SELECT xmin || ' ' || ctid || run_id FROM refused_row
			    UNION ALL SELECT run_id || ' ' || rows_read || ' ' || percent FROM import_progress) AS w (t)""";

	@TempDir
	Path directory;

	private final Catalogue catalogue = new Catalogue(TestDatabases.freshDatabase(TestDatabases.embedded18()));

	private final List<ImporterProcess> nodes = new ArrayList<>();

	private Faults faults;

	private long longestTakeOver;

	@BeforeEach
	void start() {
		this.faults = new Faults(this.directory);
		startNode("a");
		startNode("b");
		this.faults.learn(this.nodes.get(0), this.catalogue);
	}

	@AfterEach
	void stop() {
		this.nodes.forEach(ImporterProcess::close);
	}

	@Test
	void theNodeThatExecutesIsKilledOrFrozenBeyondItsLease() throws SQLException {
		for (int i = 0; i < this.faults.count(); i++) {
			oneIsKilled(i);
			oneIsFrozen(false);
			oneIsFrozen(true);
		}
		this.faults.tell("one of two nodes, the other took over within " + this.longestTakeOver + " ms,");
	}

	private void oneIsKilled(int number) {
		String task = upload();
		ImporterProcess victim = executing(task);
		this.faults.pauseInImport();
		victim.kill();
		String moment = Faults.moment(this.catalogue);
		this.faults.hit("killed " + moment);
		this.nodes.remove(victim);
		if (!moment.equals("completed")) {
			awaitTakeOver(task, System.nanoTime());
		}
		this.faults.assertComplete(this.nodes.get(0).client(), this.catalogue, task);
		startNode("c" + number);
	}

	/**
	 * @param afterWriting between the last write of a chunk and its commit, else at any
	 * moment
	 */
	private void oneIsFrozen(boolean afterWriting) throws SQLException {
		String task = upload();
		ImporterProcess frozen = executing(task);
		if (afterWriting) {
			freezeAfterWriting(frozen);
		}
		else {
			this.faults.pauseInImport();
			frozen.signal("STOP");
		}
		long start = System.nanoTime();
		boolean between = this.catalogue.count(WRITTEN_NOT_COMMITTED) > 0;
		String moment = Faults.moment(this.catalogue);
		this.faults.hit("frozen " + (between ? "between write and commit" : moment));
		ImporterProcess heir = this.nodes.get(1 - this.nodes.indexOf(frozen));
		if (moment.equals("completed")) {
			frozen.signal("CONT");
			this.faults.assertComplete(heir.client(), this.catalogue, task);
			return;
		}
		awaitTakeOver(task, start);
		this.faults.assertComplete(heir.client(), this.catalogue, task);
		String before = this.catalogue.text(EVERYTHING_WRITTEN);
		frozen.signal("CONT");
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> frozen.logged("Run " + task + ": taken over by another node")
					|| frozen.logged("Run " + task + ": attempt 1 failed") || frozen.logged("has passed)"));
		assertThat(frozen.client().status(task).get("status").asString()).isEqualTo("completed");
		assertThat(this.catalogue.text(EVERYTHING_WRITTEN)).isEqualTo(before);
	}

	/**
	 * Freezes it when it has written a chunk and not committed it, unless it has ended.
	 */
	private void freezeAfterWriting(ImporterProcess node) throws SQLException {
		awaitMoment("importing");
		this.faults.pauseInQuarterOfImport();
		try (HeldTable steps = HeldTable.of("batch_step_execution", this.catalogue.url())) {
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.pollInterval(Duration.ofMillis(1))
				.until(() -> steps.writers() > 0 || Faults.moment(this.catalogue).equals("completed"));
			node.signal("STOP");
			steps.release();
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(1))
				.until(() -> this.catalogue.count(WRITTEN + "'active'") == 0);
		}
	}

	private void awaitMoment(String moment) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> Faults.moment(this.catalogue), (now) -> now.equals(moment) || now.equals("completed"));
	}

	private void awaitTakeOver(String task, long since) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> this.catalogue.count("import_run WHERE id = '" + task + "' AND attempts > 1") > 0);
		this.longestTakeOver = Math.max(this.longestTakeOver, Duration.ofNanos(System.nanoTime() - since).toMillis());
	}

	/** Uploads to either node, into an empty catalogue. */
	private String upload() {
		this.catalogue.execute("TRUNCATE product");
		return this.nodes.get(this.faults.flip() ? 0 : 1).client().upload(this.faults.file().path());
	}

	/** The node that executes a run, as soon as one does. */
	private ImporterProcess executing(String task) {
		return Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.nodes.stream().filter((node) -> node.logged("Run " + task + ": attempt 1")).findFirst(),
					Optional::isPresent)
			.orElseThrow();
	}

	private void startNode(String name) {
		this.nodes.add(ImporterProcess.start(this.directory.resolve(name), Faults.CHUNKS,
				"importer.database.url=" + this.catalogue.url(),
				"importer.uploads.directory=" + this.directory.resolve("uploads")));
	}

}
