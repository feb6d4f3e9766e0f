package productimporter.jobs.productimport;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import productimporter.Catalogue;
import productimporter.HeldTable;
import productimporter.ProductFile;
import productimporter.TestDatabases;
import productimporter.TestSettings;
import productimporter.imports.ActiveRun;
import productimporter.imports.ImportPlan;
import productimporter.imports.LeaseLost;
import productimporter.imports.TestRuns;
import productimporter.imports.TestRunsConfiguration;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.test.JobOperatorTestUtils;
import org.springframework.batch.test.context.SpringBatchTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The job's steps, its restart and its listeners, without queue and HTTP.
 */
@SpringBatchTest
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "importer.imports.execute=false", "importer.job.chunk-size=1000", "importer.job.partitions=2" })
@Import(TestRunsConfiguration.class)
class ProductImportJobTests {

	private static final String DATABASE = TestDatabases.freshDatabase(TestDatabases.embedded18());

	private static final Catalogue CATALOGUE = new Catalogue(DATABASE);

	@TempDir
	Path directory;

	@Autowired
	JobOperatorTestUtils job;

	@Autowired
	TestRuns runs;

	private final List<ActiveRun> claimed = new ArrayList<>();

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) {
		TestSettings.set(registry, DATABASE);
	}

	@BeforeEach
	void emptyCatalogue(@Autowired Job productImport) {
		CATALOGUE.execute("TRUNCATE product");
		this.job.setJob(productImport);
	}

	@AfterEach
	void endRuns() {
		this.claimed.forEach(this.runs::end);
		CATALOGUE.execute("ALTER TABLE product DROP CONSTRAINT IF EXISTS stumbling_block");
	}

	@Test
	void aFileIsImportedByItsStepsInTheirOrder() throws Exception {
		ProductFile file = ProductFile.write(this.directory.resolve("a.csv"), 20_000, 1, 0.01);
		this.runs.queue(file.path());
		ActiveRun run = claim();
		JobExecution execution = this.job.startJob(TestRuns.parameters(run));
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(execution.getStepExecutions()).extracting(StepExecution::getStepName)
			.containsExactlyInAnyOrder("inspect", "validate", "import", "import:range0", "import:range1", "finish");
		assertThat(CATALOGUE.digest()).isEqualTo(file.digest());
		assertThat(status(run))
			.isEqualTo("completed 20000=%d+0+0+%d+%d".formatted(file.products(), file.superseded(), file.rejected()));
	}

	@Test
	void validationTouchesNoProductAndPlansTheWholeFile() throws Exception {
		ProductFile file = ProductFile.write(this.directory.resolve("a.csv"), 20_000, 2, 0.05);
		this.runs.queue(file.path());
		ActiveRun run = claim();
		JobExecution execution = this.job.startStep("validate", TestRuns.parameters(run), new ExecutionContext());
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(CATALOGUE.count("product")).isZero();
		ImportPlan plan = run.plan();
		assertThat(plan.rowsTotal()).isEqualTo(file.rows());
		assertThat(plan.superseded().cardinality()).isEqualTo(file.superseded());
		assertThat(plan.refused().cardinality()).isEqualTo(file.rejected());
		assertThat(plan.ranges()).hasSize(2);
		assertThat(plan.ranges().stream().mapToInt(ImportPlan.Range::records).sum()).isEqualTo(file.rows());
		file.refused()
			.forEach((code,
					count) -> assertThat(
							CATALOGUE.count("refused_row WHERE run_id = '" + run.id() + "' AND code = '" + code + "'"))
						.as(code)
						.isEqualTo(count.longValue()));
	}

	@Test
	void validationThatRunsAgainForgetsWhatItFoundBefore() throws Exception {
		ProductFile file = ProductFile.write(this.directory.resolve("a.csv"), 5_000, 3, 0.1);
		this.runs.queue(file.path());
		ActiveRun run = claim();
		this.job.startStep("validate", TestRuns.parameters(run), new ExecutionContext());
		this.job.startStep("validate",
				new JobParametersBuilder(TestRuns.parameters(run)).addLong("again", 1L).toJobParameters(),
				new ExecutionContext());
		assertThat(CATALOGUE.count("refused_row WHERE run_id = '" + run.id() + "' AND problem_number = 0"))
			.isEqualTo(file.rejected());
	}

	@Test
	void aFailedImportGoesOnFromItsLastCommittedChunk() throws Exception {
		UUID id = this.runs.queue(this.directory, numbered(30_000));
		CATALOGUE.execute("ALTER TABLE product ADD CONSTRAINT stumbling_block CHECK (sku <> 's-0020500')");
		ActiveRun first = claim();
		JobExecution failed = this.job.startJob(TestRuns.parameters(first));
		assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
		long committed = CATALOGUE.count("product");
		assertThat(committed).isBetween(1000L, 29_000L);
		assertThat(written(failed)).as("rows that the job repository calls committed").isEqualTo(committed);

		CATALOGUE.execute("ALTER TABLE product DROP CONSTRAINT stumbling_block");
		CATALOGUE.execute("UPDATE product SET description = 'imported before the failure'");
		ActiveRun second = claim();
		assertThat(second.id()).isEqualTo(id);
		JobExecution resumed = this.job.startJob(TestRuns.parameters(second));
		assertThat(resumed.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(resumed.getStepExecutions()).extracting(StepExecution::getStepName).doesNotContain("validate");
		assertThat(written(resumed)).isEqualTo(30_000 - committed);
		assertThat(status(second)).isEqualTo("completed 30000=30000+0+0+0+0");
		assertThat(CATALOGUE.count("product WHERE description = 'imported before the failure'")).isEqualTo(committed);
	}

	@Test
	void aStoppedImportKeepsWholeChunksAndGoesOn() throws Exception {
		this.runs.queue(this.directory, numbered(30_000));
		ActiveRun first = claim();
		TestRuns.stop(first);
		JobExecution stopped = this.job.startJob(TestRuns.parameters(first));
		assertThat(stopped.getStatus()).isEqualTo(BatchStatus.STOPPED);
		assertThat(CATALOGUE.count("product") % 1000).isZero();
		JobExecution resumed = this.job.startJob(TestRuns.parameters(claim()));
		assertThat(resumed.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(CATALOGUE.count("product")).isEqualTo(30_000);
	}

	@Test
	void anInterruptedThreadIsNeverTakenForCompleted() throws Exception {
		this.runs.queue(this.directory, numbered(30_000));
		ActiveRun run = claim();
		CompletableFuture<BatchStatus> status = whileTheFirstChunksAreWritten(run,
				() -> Thread.getAllStackTraces()
					.keySet()
					.stream()
					.filter((thread) -> thread.getName().startsWith("import-range-"))
					.forEach(Thread::interrupt));
		assertThat(status.get(1, TimeUnit.MINUTES)).isEqualTo(BatchStatus.STOPPED);
		assertThat(CATALOGUE.count("product")).isEqualTo(2000);
	}

	@Test
	void whoLosesTheRunWhileImportingWritesNoFurtherChunk() throws Exception {
		this.runs.queue(this.directory, numbered(30_000));
		ActiveRun frozen = claim();
		CompletableFuture<Void> takeOver = new CompletableFuture<>();
		CompletableFuture<BatchStatus> status = whileTheFirstChunksAreWritten(frozen, () -> {
			takeOver.completeAsync(() -> {
				CATALOGUE.execute("UPDATE import_run SET epoch = epoch + 1 WHERE id = '" + frozen.id() + "'");
				return null;
			});
			Awaitility.await()
				.until(() -> CATALOGUE.count("pg_stat_activity WHERE query LIKE 'UPDATE import_run SET epoch%' "
						+ "AND wait_event_type = 'Lock'"), (waiting) -> waiting == 1);
		});
		takeOver.get(1, TimeUnit.MINUTES);
		long writtenBefore = CATALOGUE.count("product");
		assertThat(status.get(1, TimeUnit.MINUTES)).isEqualTo(BatchStatus.FAILED);
		assertThat(CATALOGUE.count("product")).isEqualTo(writtenBefore).isLessThan(30_000);
		CATALOGUE.execute("UPDATE import_run SET epoch = epoch - 1 WHERE id = '" + frozen.id() + "'");
	}

	/**
	 * Executes the job; when both ranges are about to write their first chunk, does
	 * something, then lets them go on.
	 */
	private CompletableFuture<BatchStatus> whileTheFirstChunksAreWritten(ActiveRun run, Runnable something)
			throws SQLException {
		CompletableFuture<BatchStatus> status = new CompletableFuture<>();
		try (HeldTable held = HeldTable.products(DATABASE)) {
			status.completeAsync(() -> statusAfter(run));
			held.awaitWriters(2);
			something.run();
		}
		return status;
	}

	@Test
	void whoLostTheRunBeforeItBeganWritesNothing() throws Exception {
		this.runs.queue(this.directory, numbered(20_000));
		ActiveRun frozen = claim();
		this.job.startStep("validate", TestRuns.parameters(frozen), new ExecutionContext());
		CATALOGUE.execute("UPDATE import_run SET epoch = epoch + 1 WHERE id = '" + frozen.id() + "'");
		JobExecution execution = this.job.startJob(TestRuns.parameters(frozen));
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
		CATALOGUE.execute("UPDATE import_run SET epoch = epoch - 1 WHERE id = '" + frozen.id() + "'");
		assertThat(execution.getAllFailureExceptions()).hasAtLeastOneElementOfType(LeaseLost.class);
		assertThat(CATALOGUE.count("product")).isZero();
	}

	@Test
	void progressIsToldAfterEachCommit() throws Exception {
		ProductFile file = ProductFile.write(this.directory.resolve("a.csv"), 20_000, 5, 0.01);
		this.runs.queue(file.path());
		ActiveRun run = claim();
		this.job.startJob(TestRuns.parameters(run));
		assertThat(TestRuns.rowsTold(run)).isEqualTo(20_000);
	}

	private BatchStatus statusAfter(ActiveRun run) {
		try {
			return this.job.startJob(TestRuns.parameters(run)).getStatus();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static long written(JobExecution execution) {
		return execution.getStepExecutions()
			.stream()
			.filter((step) -> step.getStepName().startsWith("import:"))
			.mapToLong(StepExecution::getWriteCount)
			.sum();
	}

	private ActiveRun claim() {
		ActiveRun run = this.runs.claim();
		this.claimed.add(run);
		return run;
	}

	private static String numbered(int rows) throws IOException {
		StringBuilder csv = new StringBuilder("sku,name,price\n");
		for (int i = 0; i < rows; i++) {
			csv.append("S-%07d,Name of %d,%d.50\n".formatted(i, i, i));
		}
		return csv.toString();
	}

	private static String status(ActiveRun run) {
		return CATALOGUE.text("""
				SELECT status || ' ' || rows_read || '=' || created || '+' || updated || '+' || unchanged || '+'
				    || superseded || '+' || rejected FROM import_run WHERE id = '%s'""".formatted(run.id()));
	}

}
