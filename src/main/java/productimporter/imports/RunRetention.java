package productimporter.imports;

import java.util.UUID;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Removes what has had its time, once in the cluster and again and again. A scheduler of
 * its own, beside that of the imports: it writes no product, so it needs no place in
 * their queue and doesn't hold them up (ops/decisions/0017).
 */
@Component
class Retention implements SmartLifecycle {

	private final Scheduler scheduler;

	private final boolean execute;

	private volatile boolean running;

	Retention(@Qualifier("schedulerDataSource") DataSource dataSource, RetentionPass pass, RetentionSettings settings,
			ImportSettings imports) {
		this.execute = imports.execute();
		this.scheduler = Scheduler.create(dataSource)
			.startTasks(Tasks.recurring("retention", FixedDelay.of(settings.interval()))
				.execute((instance, context) -> pass.run(this::isRunning)))
			.tableName("scheduled_retention")
			.schedulerName(new SchedulerName.Fixed("node-" + UUID.randomUUID()))
			.threads(1)
			.pollingInterval(settings.interval().dividedBy(10))
			.heartbeatInterval(imports.heartbeat())
			.missedHeartbeatsLimit(imports.missedHeartbeats())
			.shutdownMaxWait(imports.shutdownWait())
			.build();
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

}
