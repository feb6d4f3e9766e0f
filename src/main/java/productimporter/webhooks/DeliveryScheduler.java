package productimporter.webhooks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Has each webhook's deliveries sent by a task of its own, on one node at a time: the
 * task's heartbeat is the lease, and another node takes over when it stops. Every webhook
 * that is being called has a thread, so that none waits for another.
 */
@Component
class DeliveryScheduler implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(DeliveryScheduler.class);

	private static final int AGAIN_MILLIS = 100;

	private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

	private final Scheduler scheduler;

	private final CustomTask<Void> task;

	private final WebhookTable webhooks;

	private final EndpointDrain drain;

	private final Wakeups wakeups;

	private final Clock clock;

	private final boolean send;

	private volatile @Nullable Thread waker;

	DeliveryScheduler(@Qualifier("schedulerDataSource") DataSource dataSource, WebhookSettings settings,
			WebhookTable webhooks, EndpointDrain drain, Wakeups wakeups, Clock clock) {
		this.send = settings.send();
		this.webhooks = webhooks;
		this.drain = drain;
		this.wakeups = wakeups;
		this.clock = clock;
		this.task = Tasks.custom("webhook", Void.class)
			.onFailure(new FailureHandler.OnFailureRetryLater<>(AFTER_FAILURE))
			.onDeadExecutionRevive()
			.execute((instance, context) -> drain(UUID.fromString(instance.getId())));
		this.scheduler = Scheduler.create(dataSource, this.task)
			.tableName("scheduled_webhook")
			// two nodes on one machine would have the same default name
			.schedulerName(new SchedulerName.Fixed("node-" + UUID.randomUUID()))
			.threads(settings.max())
			.pollingInterval(Duration.ofSeconds(1))
			.heartbeatInterval(settings.heartbeat())
			.missedHeartbeatsLimit(settings.missedHeartbeats())
			.shutdownMaxWait(settings.shutdownWait())
			.enableImmediateExecution()
			.build();
	}

	private CompletionHandler<Void> drain(UUID webhook) {
		Optional<Instant> next = this.drain.drain(webhook);
		return (complete, operations) -> next.ifPresentOrElse((at) -> operations.reschedule(complete, at),
				operations::remove);
	}

	private void wake() {
		Set<UUID> asleep = new HashSet<>();
		try {
			while (!Thread.currentThread().isInterrupted()) {
				Wakeups.Taken taken = this.wakeups.take(asleep.isEmpty() ? 60_000 : AGAIN_MILLIS);
				asleep.addAll(taken.webhooks());
				try {
					if (taken.all()) {
						asleep.addAll(this.webhooks.enabled());
					}
					asleep.removeIf(this::wake);
				}
				catch (RuntimeException ex) {
					log.warn("Webhooks could not be woken, which will be tried again: {}", ex.getMessage());
					if (taken.all()) {
						this.wakeups.addAll();
					}
					Thread.sleep(1000);
				}
			}
		}
		catch (InterruptedException ex) {
			log.debug("Webhooks aren't woken any more");
		}
	}

	/** Tells whether it will look at its deliveries again after this call. */
	private boolean wake(UUID webhook) {
		TaskInstance<Void> instance = this.task.instance(webhook.toString());
		Instant now = this.clock.instant();
		try {
			if (!this.scheduler.scheduleIfNotExists(instance, now)) {
				this.scheduler.reschedule(instance, now);
			}
			return true;
		}
		catch (TaskInstanceNotFoundException ex) {
			return false;
		}
		catch (TaskInstanceCurrentlyExecutingException ex) {
			// perhaps it has looked already and is about to end
			return false;
		}
	}

	@Override
	public void start() {
		Thread thread = new Thread(this::wake, "webhook-wakeups");
		thread.setDaemon(true);
		this.waker = thread;
		thread.start();
		if (this.send) {
			this.drain.begin();
			this.scheduler.start();
			// those whose task was lost, if any
			this.wakeups.addAll();
		}
	}

	@Override
	public void stop() {
		Thread thread = this.waker;
		this.waker = null;
		if (thread != null) {
			thread.interrupt();
		}
		this.drain.end();
		this.scheduler.stop();
	}

	@Override
	public boolean isRunning() {
		return this.waker != null;
	}

}
