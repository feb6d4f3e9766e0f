package productimporter.schedules;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTaskWithPersistentSchedule;
import com.github.kagkarlsson.scheduler.task.helper.ScheduleAndData;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;

import productimporter.platform.RequestRefused;

/**
 * Knows when schedules are due: each is a recurring task of db-scheduler with a cron
 * expression of its own. A task is executed by one node of the cluster, and again when
 * that node dies; that a schedule starts only once for a time is {@link ScheduleStart}'s
 * promise.
 */
@Component
class ScheduledDeletes implements SmartLifecycle {

	private static final String TASK = "bulk-delete";

	private static final String TABLE = "scheduled_delete";

	private static final Duration RETRY = Duration.ofSeconds(10);

	private final RecurringTaskWithPersistentSchedule<Cron> task;

	private final SchedulerClient client;

	private final Scheduler scheduler;

	private final boolean execute;

	private volatile boolean running;

	ScheduledDeletes(DataSource dataSource, @Qualifier("schedulerDataSource") DataSource schedulerDataSource,
			ScheduleSettings settings, ObjectProvider<ScheduleStart> start) {
		this.execute = settings.execute();
		this.task = Tasks.recurringWithPersistentSchedule(TASK, Cron.class)
			.onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY))
			.execute((instance, context) -> start.getObject().start(UUID.fromString(instance.getId())));
		this.client = SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(dataSource), this.task)
			.tableName(TABLE)
			.serializer(new CronSerializer())
			.build();
		this.scheduler = Scheduler.create(schedulerDataSource, this.task)
			.tableName(TABLE)
			.serializer(new CronSerializer())
			// two nodes on one machine would have the same default name
			.schedulerName(new SchedulerName.Fixed("node-" + UUID.randomUUID()))
			.threads(1)
			.pollingInterval(settings.pollInterval())
			.heartbeatInterval(settings.heartbeat())
			.missedHeartbeatsLimit(settings.missedHeartbeats())
			.shutdownMaxWait(Duration.ofSeconds(10))
			.build();
	}

	/**
	 * Plans a schedule, or plans it anew; part of the surrounding transaction.
	 * @param at its next time
	 * @throws RequestRefused when it is just being started
	 */
	void plan(UUID id, String cron, String timeZone, Instant at) {
		TaskInstanceId instance = TaskInstanceId.of(TASK, id.toString());
		Cron data = new Cron(cron, timeZone);
		try {
			if (this.client.getScheduledExecution(instance).isPresent()) {
				this.client.reschedule(instance, at, data);
			}
			else {
				this.client.scheduleIfNotExists(this.task.schedulableInstance(id.toString(), data).getTaskInstance(),
						at);
			}
		}
		catch (TaskInstanceCurrentlyExecutingException ex) {
			throw starting();
		}
	}

	/**
	 * Takes a schedule out; part of the surrounding transaction.
	 * @throws RequestRefused when it is just being started
	 */
	void cancel(UUID id) {
		TaskInstanceId instance = TaskInstanceId.of(TASK, id.toString());
		try {
			if (this.client.getScheduledExecution(instance).isPresent()) {
				this.client.cancel(instance);
			}
		}
		catch (TaskInstanceCurrentlyExecutingException ex) {
			throw starting();
		}
	}

	private static RequestRefused starting() {
		return new RequestRefused(HttpStatus.CONFLICT, "schedule_starting",
				"The schedule is just being started. Nothing was changed: try again.", null, Duration.ofSeconds(1));
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
		this.scheduler.stop();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** The data of a task: its own cron expression. */
	record Cron(String cron, String timeZone) implements ScheduleAndData {

		@Override
		public Schedule getSchedule() {
			return CronTimes.of(this.cron, this.timeZone);
		}

		@Override
		public @Nullable Object getData() {
			return null;
		}

	}

	/** As two lines of text. */
	private static final class CronSerializer implements Serializer {

		@Override
		public byte @Nullable [] serialize(@Nullable Object data) {
			return (data instanceof Cron cron) ? (cron.cron() + "\n" + cron.timeZone()).getBytes(StandardCharsets.UTF_8)
					: null;
		}

		@Override
		public <T> @Nullable T deserialize(Class<T> type, byte @Nullable [] bytes) {
			if (bytes == null) {
				return null;
			}
			String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", 2);
			return type.cast(new Cron(lines[0], Objects.requireNonNull(lines[1])));
		}

	}

}
