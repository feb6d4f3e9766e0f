package productimporter.schedules;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;

import org.springframework.scheduling.support.CronExpression;

/**
 * The times of a cron expression in a time zone: for people, and for db-scheduler, so
 * that both see the same. Spring's syntax: second, minute, hour, day of the month, month,
 * weekday. In the hour that the clocks repeat a time comes once; one that they leave out
 * comes that much later.
 */
final class CronTimes implements Schedule {

	private final CronExpression cron;

	private final ZoneId zone;

	private CronTimes(CronExpression cron, ZoneId zone) {
		this.cron = cron;
		this.zone = zone;
	}

	/**
	 * Read an expression that {@link CronProblem} finds nothing wrong with.
	 * @throws IllegalArgumentException when it is none
	 */
	static CronTimes of(String cron, String zone) {
		try {
			return new CronTimes(CronExpression.parse(cron), ZoneId.of(zone));
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	/** The first time behind this moment; empty when there is none. */
	Optional<Instant> next(Instant after) {
		LocalDateTime local = LocalDateTime.ofInstant(after, this.zone);
		while (true) {
			local = this.cron.next(local);
			if (local == null) {
				return Optional.empty();
			}
			Instant at = local.atZone(this.zone).toInstant();
			if (at.isAfter(after)) {
				return Optional.of(at);
			}
		}
	}

	List<Instant> next(Instant after, int count) {
		List<Instant> times = new ArrayList<>();
		Optional<Instant> next = next(after);
		while (next.isPresent() && times.size() < count) {
			times.add(next.get());
			next = next(next.get());
		}
		return times;
	}

	@Override
	public Instant getNextExecutionTime(ExecutionComplete executed) {
		return next(executed.getTimeDone()).orElse(NEVER);
	}

	@Override
	public boolean isDeterministic() {
		return true;
	}

}
