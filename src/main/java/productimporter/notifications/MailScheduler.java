package productimporter.notifications;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;

/**
 * Has each mail sent by a one-time task of db-scheduler, scheduled in the transaction
 * that writes the mail. The tasks have a table and threads of their own, so that a mail
 * server that hangs holds neither imports nor other deliveries up.
 */
@Component
class MailScheduler implements SmartLifecycle {

	private static final String TABLE = "scheduled_mail";

	private static final int THREADS = 2;

	private final SchedulerClient client;

	private final Scheduler scheduler;

	private final OneTimeTask<Void> task;

	private final Clock clock;

	private final boolean send;

	private volatile boolean running;

	MailScheduler(DataSource dataSource, @Qualifier("schedulerDataSource") DataSource schedulerDataSource,
			MailDelivery delivery, MailServer server, MailSettings settings, Clock clock) {
		this.send = settings.send() && server.isConfigured();
		this.clock = clock;
		this.task = Tasks.oneTime("mail", Void.class)
			.onFailure((complete, operations) -> delivery
				.afterFailure(UUID.fromString(complete.getExecution().taskInstance.getId()))
				.ifPresentOrElse((delay) -> operations.reschedule(complete, clock.instant().plus(delay)),
						operations::stop))
			.execute((instance, context) -> delivery.deliver(UUID.fromString(instance.getId())));
		this.client = SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(dataSource), this.task)
			.tableName(TABLE)
			.build();
		this.scheduler = Scheduler.create(schedulerDataSource, this.task)
			.tableName(TABLE)
			.schedulerName(new SchedulerName.Fixed("node-" + UUID.randomUUID()))
			.threads(THREADS)
			.pollingInterval(Duration.ofSeconds(2))
			.heartbeatInterval(Duration.ofSeconds(10))
			.missedHeartbeatsLimit(4)
			.shutdownMaxWait(Duration.ofSeconds(5))
			.build();
	}

	/** Has a mail sent once the surrounding transaction has committed. */
	void schedule(UUID mail) {
		this.client.scheduleIfNotExists(this.task.instance(mail.toString()), this.clock.instant());
	}

	@Override
	public void start() {
		this.running = true;
		if (this.send) {
			this.scheduler.start();
		}
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

}
