package productimporter.imports;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Executes waiting runs, one at a time in the whole cluster and strictly in the order of
 * the queue, unless told otherwise: the queue is worked off by a recurring task of
 * db-scheduler, which is executed by one node at a time. The task's heartbeat is the
 * lease of the run; when its node dies, another node (or this one, started again) takes
 * the task and with it the first run of the queue, which is the one that was interrupted.
 * For more runs at once there are as many such tasks ({@link Lane}).
 */
@Component
class ImportQueue implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(ImportQueue.class);

	private final Scheduler scheduler;

	private final List<Lane> lanes;

	private final RunClaimTable claims;

	private final RunExecutor executor;

	private final ActiveRuns activeRuns;

	private final EndedAttempts endedAttempts;

	private final TransactionTemplate transaction;

	private final Clock clock;

	private final String node = "node-" + UUID.randomUUID();

	private final Duration lease;

	private final boolean execute;

	private volatile boolean running;

	ImportQueue(@Qualifier("schedulerDataSource") DataSource dataSource, ImportSettings settings, RunClaimTable claims,
			RunExecutor executor, ActiveRuns activeRuns, EndedAttempts endedAttempts, TransactionTemplate transaction,
			Clock clock) {
		this.execute = settings.execute();
		this.lease = settings.lease();
		this.lanes = IntStream.rangeClosed(1, settings.runsAtOnce())
			.mapToObj((number) -> new Lane(number, settings.runsAtOnce()))
			.toList();
		this.claims = claims;
		this.executor = executor;
		this.activeRuns = activeRuns;
		this.endedAttempts = endedAttempts;
		this.transaction = transaction;
		this.clock = clock;
		List<RecurringTask<Void>> tasks = this.lanes.stream()
			.map((lane) -> Tasks.recurring(lane.task(), FixedDelay.of(settings.pollInterval()))
				.execute((instance, context) -> drain(lane)))
			.toList();
		this.scheduler = Scheduler.create(dataSource)
			.startTasks(tasks)
			.tableName("scheduled_import")
			// two nodes on one machine would have the same default name
			.schedulerName(new SchedulerName.Fixed(this.node))
			.threads(tasks.size())
			.pollingInterval(settings.pollInterval())
			.heartbeatInterval(settings.heartbeat())
			.missedHeartbeatsLimit(settings.missedHeartbeats())
			.shutdownMaxWait(settings.shutdownWait())
			.enableImmediateExecution()
			.build();
	}

	/**
	 * Looks at the queue as soon as the surrounding transaction has committed.
	 */
	void wakeAfterCommit() {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				wake();
			}
		});
	}

	private void wake() {
		this.lanes.forEach(this::wake);
	}

	private void wake(Lane lane) {
		try {
			this.scheduler.reschedule(TaskInstanceId.of(lane.task(), RecurringTask.INSTANCE), this.clock.instant());
		}
		catch (RuntimeException ex) {
			// the task is being executed and will look at the queue again by itself
			log.debug("The queue is awake already", ex);
		}
	}

	private void drain(Lane lane) {
		if (lane.number() == 1) {
			this.endedAttempts.settle();
		}
		Optional<ImportRun> head = claimHead(lane);
		while (head.isPresent()) {
			this.executor.execute(head.get());
			head = claimHead(lane);
		}
	}

	private Optional<ImportRun> claimHead(Lane lane) {
		// who does not have the lane must not even wait for its run
		if (!this.running || !this.claims.hasTask(lane.task(), this.node)) {
			return Optional.empty();
		}
		try {
			return this.transaction.execute((status) -> {
				this.claims.waitAtMost(this.lease);
				Optional<ImportRun> run = this.claims.claimHead(lane, this.lease, this.clock.instant());
				if (run.isPresent() && !this.claims.holdTask(lane.task(), this.node)) {
					status.setRollbackOnly();
					return Optional.empty();
				}
				return run;
			});
		}
		catch (CannotAcquireLockException ex) {
			// whoever had the run before holds it still, beyond its lease
			if (this.claims.hasTask(lane.task(), this.node)) {
				int ended = this.claims.endSessionsThatHoldHead(lane, this.lease);
				log.warn("A run could not be taken over in time; ended {} sessions that held it", ended);
			}
			return Optional.empty();
		}
	}

	@Override
	public boolean isAutoStartup() {
		return this.execute;
	}

	@Override
	public void start() {
		this.running = true;
		this.scheduler.start();
	}

	@Override
	public void stop() {
		this.running = false;
		this.activeRuns.close();
		this.scheduler.stop();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
