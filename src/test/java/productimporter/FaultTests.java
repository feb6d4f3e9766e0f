package productimporter;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One application with its own PostgreSQL, killed, shut down and pressed at random
 * moments. {@code ops/faults/run} does it as often as asked; where a short form is in
 * {@link CrashTests} it does it alone.
 */
class FaultTests {

	@TempDir
	Path directory;

	private Faults faults;

	private ImporterProcess importer;

	@BeforeEach
	void start() {
		this.faults = new Faults(this.directory);
		restart();
	}

	@AfterEach
	void stop() {
		this.importer.close();
	}

	@Test
	@EnabledIfSystemProperty(named = "faults.count", matches = ".+", disabledReason = "the short form is in CrashTests")
	void theApplicationIsKilled() {
		learn();
		for (int i = 0; i < this.faults.count(); i++) {
			Catalogue catalogue = emptied();
			long runs = catalogue.count("import_run");
			ImporterProcess victim = this.importer;
			CompletableFuture<String> upload = CompletableFuture
				.supplyAsync(() -> victim.client().upload(this.faults.file().path()));
			this.faults.pauseInTransferOrImport();
			victim.kill();
			boolean accepted = catalogue.count("import_run") > runs;
			this.faults.hit(accepted ? Faults.moment(catalogue) : "transfer");
			String answer = answer(upload);
			restart();
			assertThat(answer == null || accepted).isTrue();
			assertComplete(accepted ? newest(catalogue) : upload());
		}
		this.faults.tell("application killed");
	}

	@Test
	void theApplicationIsKilledTwiceAndWhileItGoesOn() {
		learn();
		for (int i = 0; i < this.faults.count(); i++) {
			Catalogue catalogue = emptied();
			String task = upload();
			this.faults.pauseInImport();
			this.importer.kill();
			String first = Faults.moment(catalogue);
			restart();
			// as soon as it answers it goes on, or is about to
			this.faults.pauseInImport();
			this.importer.kill();
			this.faults.hit(first + " then " + Faults.moment(catalogue));
			restart();
			assertComplete(task);
		}
		this.faults.tell("application killed twice");
	}

	@Test
	void theApplicationAndPostgresAreKilled() {
		learn();
		for (int i = 0; i < this.faults.count(); i++) {
			emptied();
			String task = upload();
			this.faults.pauseInImport();
			this.faults.hit(this.importer.client().status(task).get("status").asString());
			ProcessHandle postmaster = this.importer.postmaster();
			if (this.faults.flip()) {
				postmaster.destroyForcibly();
				this.importer.kill();
			}
			else {
				this.importer.kill();
				postmaster.destroyForcibly();
			}
			restart();
			assertComplete(task);
		}
		this.faults.tell("application and PostgreSQL killed");
	}

	@Test
	@EnabledIfSystemProperty(named = "faults.count", matches = ".+", disabledReason = "the short form is in CrashTests")
	void theApplicationIsShutDown() {
		learn();
		long longest = 0;
		for (int i = 0; i < this.faults.count(); i++) {
			emptied();
			String task = upload();
			this.faults.pauseInImport();
			this.faults.hit(this.importer.client().status(task).get("status").asString());
			long start = System.nanoTime();
			this.importer.close();
			longest = Math.max(longest, Duration.ofNanos(System.nanoTime() - start).toMillis());
			restart();
			assertComplete(task);
			assertThat(this.importer.catalogue().count("import_run WHERE fruitless_attempts > 1")).isZero();
		}
		this.faults.tell("shut down, PostgreSQL with it, within " + longest + " ms");
	}

	@Test
	void stopAndGoOnArePressedInAnyOrder() {
		String task = upload();
		Catalogue catalogue = this.importer.catalogue();
		for (int i = 0; i < Faults.number(Integer.getInteger("faults.presses", 200), 20); i++) {
			String press = this.faults.flip() ? "stop" : "retry";
			int answer = this.importer.client().post("/upload/" + press + "/" + task).statusCode();
			assertThat(answer).isIn(202, 409);
			assertThat(catalogue.count("batch_job_execution WHERE status IN ('STARTING', 'STARTED', 'STOPPING')"))
				.isLessThan(2);
			this.faults.hit(press + " " + answer + " " + Faults.moment(catalogue));
			this.faults.pause(100);
		}
		Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
			JsonNode status = this.importer.client().await(task);
			if (status.get("status").asString().equals("stopped")) {
				this.importer.client().post("/upload/retry/" + task);
				return false;
			}
			return true;
		});
		assertComplete(task);
		this.faults.tell("stop and go on pressed");
	}

	private void restart() {
		this.importer = ImporterProcess.start(this.directory.resolve("data"), Faults.CHUNKS);
	}

	private void learn() {
		this.faults.learn(this.importer, this.importer.catalogue());
	}

	private Catalogue emptied() {
		Catalogue catalogue = this.importer.catalogue();
		catalogue.execute("TRUNCATE product");
		return catalogue;
	}

	private String upload() {
		return this.importer.client().upload(this.faults.file().path());
	}

	private void assertComplete(String task) {
		this.faults.assertComplete(this.importer.client(), this.importer.catalogue(), task);
	}

	private static String newest(Catalogue catalogue) {
		return catalogue.text("SELECT id FROM import_run ORDER BY queue_number DESC LIMIT 1");
	}

	/** The id that the sender was told, if any. */
	private static @Nullable String answer(CompletableFuture<String> upload) {
		try {
			return upload.get(1, TimeUnit.MINUTES);
		}
		catch (ExecutionException ex) {
			return null;
		}
		catch (InterruptedException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
