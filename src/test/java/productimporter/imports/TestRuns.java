package productimporter.imports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

import productimporter.platform.Ids;
import productimporter.uploads.StoredUpload;
import productimporter.uploads.Uploads;

import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Claims runs as the queue does, for tests that execute the job themselves; the queue of
 * their application must not execute runs.
 */
public class TestRuns {

	private final Path store;

	private final Uploads uploads;

	private final ImportRunTable runs;

	private final RunClaimTable claims;

	private final ActiveRuns activeRuns;

	private final JobLaunch launch;

	private final TransactionTemplate transaction;

	private final Clock clock;

	TestRuns(Path store, Uploads uploads, ImportRunTable runs, RunClaimTable claims, ActiveRuns activeRuns,
			JobLaunch launch, TransactionTemplate transaction, Clock clock) {
		this.store = store;
		this.uploads = uploads;
		this.runs = runs;
		this.claims = claims;
		this.activeRuns = activeRuns;
		this.launch = launch;
		this.transaction = transaction;
		this.clock = clock;
	}

	/**
	 * Queues a run of a file.
	 * @return the run
	 */
	public UUID queue(Path file) throws IOException {
		UUID upload = Ids.next();
		Files.copy(file, this.store.resolve(upload.toString()));
		UUID run = Ids.next();
		StoredUpload stored = new StoredUpload(upload, file.getFileName().toString(), Files.size(file), sha256(file),
				this.clock.instant(), null);
		this.transaction.executeWithoutResult((status) -> {
			this.uploads.record(stored);
			this.runs.queue(run, upload, Map.of(), this.clock.instant());
		});
		return run;
	}

	private static String sha256(Path file) throws IOException {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public UUID queue(Path directory, String content) throws IOException {
		return queue(Files.writeString(directory.resolve(UUID.randomUUID() + ".csv"), content, StandardCharsets.UTF_8));
	}

	/**
	 * Claims the first run of the queue for this node and settles what earlier attempts
	 * left open.
	 */
	public ActiveRun claim() {
		ImportRun run = this.transaction
			.execute((status) -> this.claims.claimHead(new Lane(1, 1), Duration.ofSeconds(12), this.clock.instant())
				.orElseThrow());
		this.launch.settleEarlierExecutions(run);
		return this.activeRuns.begin(run);
	}

	public static JobParameters parameters(ActiveRun run) {
		return new JobParametersBuilder().addJobParameter("run", run.id(), UUID.class, true)
			.addLong("epoch", run.epoch(), false)
			.toJobParameters();
	}

	public static void stop(ActiveRun run) {
		run.requestStop();
	}

	/** Rows that the job has told of. */
	public static long rowsTold(ActiveRun run) {
		return run.progress().counts().rows();
	}

	public void end(ActiveRun run) {
		this.activeRuns.end(run);
		this.runs.end(run.id(), run.epoch(), RunStatus.STOPPED, null, null, true, this.clock.instant());
	}

}
