package productimporter.imports;

import java.time.Clock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Executes one attempt of a claimed run and settles how it ended. The job itself closes a
 * run that is completed; everything else is decided here.
 */
@Component
class RunExecutor {

	private static final Logger log = LoggerFactory.getLogger(RunExecutor.class);

	private final ActiveRuns activeRuns;

	private final ImportRunTable runs;

	private final JobLaunch launch;

	private final ProgressRecorder recorder;

	private final RunEnds ends;

	private final TransactionTemplate transaction;

	private final ImportSettings settings;

	private final Clock clock;

	RunExecutor(ActiveRuns activeRuns, ImportRunTable runs, JobLaunch launch, ProgressRecorder recorder, RunEnds ends,
			TransactionTemplate transaction, ImportSettings settings, Clock clock) {
		this.activeRuns = activeRuns;
		this.runs = runs;
		this.launch = launch;
		this.recorder = recorder;
		this.ends = ends;
		this.transaction = transaction;
		this.settings = settings;
		this.clock = clock;
	}

	void execute(ImportRun run) {
		MDC.put("run", run.id().toString());
		ActiveRun active = this.activeRuns.begin(run);
		try {
			this.launch.settleEarlierExecutions(run);
			long commits = this.launch.commits(run);
			int fruitless = this.runs.noteCommits(run.id(), run.epoch(), commits);
			if (run.stopRequested()) {
				end(active, RunStatus.STOPPED, null, true);
			}
			else if (fruitless > this.settings.maxAttempts()) {
				// the attempts before died with their process, so nothing settled them
				end(active, RunStatus.FAILED, RunFailure.gaveUp(run.kind(), fruitless - 1, null), true);
			}
			else {
				log.info("Run {}: attempt {}", run.id(), run.attempts());
				settle(active, attempt(active), fruitless, commits);
			}
		}
		finally {
			this.activeRuns.end(active);
			this.recorder.forget(active);
			MDC.remove("run");
		}
	}

	private Outcome attempt(ActiveRun active) {
		try {
			JobExecution execution = this.launch.launch(active.run());
			if (execution.getStatus() == BatchStatus.COMPLETED) {
				return new Outcome(BatchStatus.COMPLETED, null);
			}
			return new Outcome(execution.getStatus(),
					RunFailure.of(active.run().kind(), execution.getAllFailureExceptions()));
		}
		catch (RuntimeException ex) {
			return new Outcome(BatchStatus.FAILED, RunFailure.of(active.run().kind(), ex));
		}
	}

	/**
	 * Settles an attempt.
	 * @param fruitless attempts in a row up to this one before which nothing new was
	 * committed
	 * @param commits chunks that were committed before it
	 */
	private void settle(ActiveRun active, Outcome outcome, int fruitless, long commits) {
		RunFailure failure = outcome.failure();
		boolean deadlock = failure != null && failure.deadlock();
		if (outcome.status() == BatchStatus.COMPLETED) {
			log.info("Run {}: completed", active.id());
		}
		else if (failure != null && failure.leaseLost()) {
			log.warn("Run {}: taken over by another node", active.id());
		}
		else if (active.isShutDown()) {
			log.info("Run {}: interrupted by the shutdown, goes on at the next start", active.id());
			this.recorder.record(active);
			this.runs.forgiveAttempt(active.id(), active.epoch());
		}
		else if (outcome.status() == BatchStatus.STOPPED && active.stopRequested()) {
			end(active, RunStatus.STOPPED, null, true);
		}
		else if (outcome.status() == BatchStatus.STOPPED) {
			end(active, RunStatus.FAILED, RunFailure.interrupted(active.run().kind()), true);
		}
		else if (failure != null && !failure.passing()) {
			end(active, RunStatus.FAILED, failure, failure.restartable());
		}
		else if (fruitless >= this.settings.maxAttempts() && !deadlock
				&& this.launch.commits(active.run()) == commits) {
			end(active, RunStatus.FAILED, RunFailure.gaveUp(active.run().kind(), fruitless, failure), true);
		}
		else {
			log.warn("Run {}: attempt {} failed and will be followed by another", active.id(), active.attempt(),
					(failure != null) ? failure.cause() : null);
			if (deadlock) {
				this.runs.forgiveAttempt(active.id(), active.epoch());
			}
			this.runs.tryAgain(active.id(), active.epoch(), this.clock.instant().plus(this.settings.retryDelay()));
			active.changed();
		}
	}

	private void end(ActiveRun active, RunStatus status, @Nullable RunFailure failure, boolean restartable) {
		this.recorder.record(active);
		this.transaction.executeWithoutResult((transaction) -> {
			if (this.runs.end(active.id(), active.epoch(), status, (failure != null) ? failure.code() : null,
					(failure != null) ? failure.message() : null, restartable, this.clock.instant())) {
				this.ends.tell(active.id());
			}
		});
		active.changed();
		log.info("Run {}: {}", active.id(), status.code(), (failure != null) ? failure.cause() : null);
	}

	/** How the job ended, and why when not as it should. */
	private record Outcome(BatchStatus status, @Nullable RunFailure failure) {
	}

}
