package productimporter.schedules;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import productimporter.imports.BulkDeleteRuns;
import productimporter.platform.InWords;
import productimporter.products.BulkDeletes;
import productimporter.products.ProductSelection;

/**
 * Starts a schedule whose time has come. Its next time is moved on in the transaction
 * that queues the job, so that a time starts one job, whoever tries however often.
 */
@Component
class ScheduleStart {

	private static final Logger log = LoggerFactory.getLogger(ScheduleStart.class);

	private final ScheduleTable schedules;

	private final BulkDeletes deletes;

	private final BulkDeleteRuns runs;

	private final ScheduleSettings settings;

	private final ApplicationEventPublisher publisher;

	private final Clock clock;

	ScheduleStart(ScheduleTable schedules, BulkDeletes deletes, BulkDeleteRuns runs, ScheduleSettings settings,
			ApplicationEventPublisher publisher, Clock clock) {
		this.schedules = schedules;
		this.deletes = deletes;
		this.runs = runs;
		this.settings = settings;
		this.publisher = publisher;
		this.clock = clock;
	}

	/**
	 * Starts it, unless someone has, or has switched it off.
	 */
	@Transactional
	public void start(UUID id) {
		Instant now = this.clock.instant();
		DeleteSchedule schedule = this.schedules.hold(id).orElse(null);
		if (schedule == null || schedule.nextAt() == null || schedule.nextAt().isAfter(now)) {
			return;
		}
		CronTimes times = schedule.times();
		Instant due = lastDue(times, schedule.nextAt(), now);
		UUID run = null;
		DeleteSchedule.Last last;
		if (due.isBefore(now.minus(this.settings.grace()))) {
			last = new DeleteSchedule.Last(due, DeleteSchedule.Result.MISSED, null);
		}
		else if (isOpen(schedule.runId())) {
			last = new DeleteSchedule.Last(due, DeleteSchedule.Result.SKIPPED, null);
		}
		else {
			ProductSelection selection = schedule.selection(now);
			long count = this.deletes.count(selection);
			if (selection.isTooMany(count)) {
				last = new DeleteSchedule.Last(due, DeleteSchedule.Result.HELD, count);
			}
			else {
				run = this.deletes.request(selection, null);
				last = new DeleteSchedule.Last(due, DeleteSchedule.Result.QUEUED, count);
			}
		}
		log.info("Schedule {}, planned for {}: {}", id, due, last.result().code());
		this.schedules.passed(id, last, times.next(now).orElse(null), run);
		if (last.result() != DeleteSchedule.Result.QUEUED && !last.isLike(schedule.last())) {
			this.publisher
				.publishEvent(new ScheduleNotStarted(id, schedule.wanted().name(), due, reason(schedule, last)));
		}
	}

	private static String reason(DeleteSchedule schedule, DeleteSchedule.Last last) {
		return switch (last.result()) {
			case HELD ->
				InWords.count((last.count() != null) ? last.count() : 0) + " products match, more than its limit of "
						+ InWords.count(Objects.requireNonNullElse(schedule.wanted().limit(), 0L))
						+ ". Run it from its page if they shall go, or change what it takes.";
			case MISSED -> "No server was there at that time, nor soon after it.";
			case SKIPPED -> "Its job before had not ended. Look why it takes so long.";
			case QUEUED -> throw new IllegalArgumentException("It was started");
		};
	}

	/**
	 * The last time that has come; of those longer ago than anyone makes up for, the
	 * first.
	 */
	private Instant lastDue(CronTimes times, Instant planned, Instant now) {
		Instant due = planned;
		Instant grace = now.minus(this.settings.grace());
		Instant next = times.next(planned.isBefore(grace) ? grace : planned).orElse(null);
		while (next != null && !next.isAfter(now)) {
			due = next;
			next = times.next(next).orElse(null);
		}
		return due;
	}

	/** Whether this job waits or is at work. */
	boolean isOpen(@Nullable UUID run) {
		return run != null && this.runs.state(run).filter((state) -> !state.status().ended()).isPresent();
	}

}
