package productimporter.schedules;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import productimporter.platform.Ids;
import productimporter.platform.RequestRefused;
import productimporter.products.BulkDeletes;
import productimporter.products.ProductSelection;

/**
 * What people and programs do with schedules.
 */
@Service
class Schedules {

	private final ScheduleTable table;

	private final ScheduledDeletes scheduled;

	private final ScheduleStart start;

	private final BulkDeletes deletes;

	private final Clock clock;

	Schedules(ScheduleTable table, ScheduledDeletes scheduled, ScheduleStart start, BulkDeletes deletes, Clock clock) {
		this.table = table;
		this.scheduled = scheduled;
		this.start = start;
		this.deletes = deletes;
		this.clock = clock;
	}

	List<DeleteSchedule> all() {
		return this.table.all();
	}

	/**
	 * One of them.
	 * @throws RequestRefused when there is none
	 */
	DeleteSchedule get(UUID id) {
		return this.table.find(id).orElseThrow(() -> unknown(id));
	}

	/**
	 * Adds a schedule.
	 * @param wanted checked
	 */
	@Transactional
	public DeleteSchedule create(ScheduleDraft wanted) {
		UUID id = Ids.next();
		this.table.insert(id, wanted, plan(id, wanted), this.clock.instant());
		return get(id);
	}

	/**
	 * Changes a schedule as a whole.
	 * @param wanted checked
	 */
	@Transactional
	public DeleteSchedule replace(UUID id, ScheduleDraft wanted) {
		hold(id);
		this.table.update(id, wanted, plan(id, wanted));
		return get(id);
	}

	/** Switches a schedule on or off. */
	@Transactional
	public DeleteSchedule enable(UUID id, boolean enabled) {
		ScheduleDraft was = hold(id).wanted();
		return replace(id, new ScheduleDraft(was.name(), was.cron(), was.timeZone(), enabled, was.filter(),
				was.notUpdatedForDays(), was.limit()));
	}

	/** Takes a schedule out; its jobs stay. */
	@Transactional
	public void delete(UUID id) {
		if (!this.table.delete(id)) {
			throw unknown(id);
		}
		this.scheduled.cancel(id);
	}

	/** How many products it would delete now. */
	long count(DeleteSchedule schedule) {
		return this.deletes.count(schedule.selection(this.clock.instant()));
	}

	/**
	 * Starts a schedule now, whether it is on or not.
	 * @param expected how many products someone has seen and wants deleted, for which the
	 * limit doesn't matter; {@code null} for as many as match, within the limit
	 * @return the job's id
	 * @throws RequestRefused when its last job has not ended, or too many match
	 */
	@Transactional
	public UUID run(UUID id, @Nullable Long expected) {
		DeleteSchedule schedule = hold(id);
		if (this.start.isOpen(schedule.runId())) {
			throw new RequestRefused(HttpStatus.CONFLICT, "schedule_running",
					"The last job of this schedule has not ended: /jobs/" + schedule.runId() + ".", null);
		}
		Instant now = this.clock.instant();
		ProductSelection selection = schedule.selection(now);
		long count = this.deletes.count(selection);
		if (expected == null && selection.isTooMany(count)) {
			throw new RequestRefused(HttpStatus.CONFLICT, "too_many_match",
					count + " products match, more than the limit of " + selection.limit()
							+ ". Nothing was deleted. To delete them all the same, send expected_count=" + count + ".",
					"expected_count");
		}
		Long limit = (expected != null && selection.isTooMany(expected)) ? expected : selection.limit();
		UUID run = this.deletes.request(new ProductSelection(selection.filter(), selection.updatedBefore(), limit),
				expected);
		this.table.passed(id, new DeleteSchedule.Last(now, DeleteSchedule.Result.QUEUED, count), schedule.nextAt(),
				run);
		return run;
	}

	private DeleteSchedule hold(UUID id) {
		return this.table.hold(id).orElseThrow(() -> unknown(id));
	}

	private @Nullable Instant plan(UUID id, ScheduleDraft wanted) {
		if (!wanted.enabled()) {
			this.scheduled.cancel(id);
			return null;
		}
		Instant next = CronTimes.of(wanted.cron(), wanted.timeZone()).next(this.clock.instant()).orElseThrow();
		this.scheduled.plan(id, wanted.cron(), wanted.timeZone(), next);
		return next;
	}

	private static RequestRefused unknown(UUID id) {
		return new RequestRefused(HttpStatus.NOT_FOUND, "schedule_unknown",
				"There is no schedule " + id + ". GET /schedules lists them.", "id");
	}

}
