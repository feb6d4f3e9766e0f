package productimporter.schedules;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import productimporter.platform.StrictParameters;

/**
 * The calls below {@code /schedules}.
 */
@RestController
@RequestMapping("/schedules")
@StrictParameters
class ScheduleController {

	private static final int NEXT_RUNS = 3;

	private final Schedules schedules;

	private final ScheduleBody body;

	private final LastRun lastRun;

	private final Clock clock;

	ScheduleController(Schedules schedules, ScheduleBody body, LastRun lastRun, Clock clock) {
		this.schedules = schedules;
		this.body = body;
		this.lastRun = lastRun;
		this.clock = clock;
	}

	@GetMapping
	All list() {
		return new All(this.schedules.all().stream().map(this::item).toList());
	}

	@GetMapping("/{id}")
	ScheduleItem get(@PathVariable UUID id) {
		return item(this.schedules.get(id));
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<ScheduleItem> create(HttpServletRequest request) throws IOException {
		DeleteSchedule created = this.schedules.create(this.body.read(request, this.clock.instant()));
		return ResponseEntity.created(URI.create("/schedules/" + created.id())).body(item(created));
	}

	@PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
	ScheduleItem replace(@PathVariable UUID id, HttpServletRequest request) throws IOException {
		this.schedules.get(id);
		return item(this.schedules.replace(id, this.body.read(request, this.clock.instant())));
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@PathVariable UUID id) {
		this.schedules.delete(id);
	}

	@PostMapping("/{id}/run")
	ResponseEntity<Started> run(@PathVariable UUID id,
			@RequestParam(name = "expected_count") @Nullable Long expectedCount) {
		UUID job = this.schedules.run(id, expectedCount);
		URI status = URI.create("/jobs/" + job);
		return ResponseEntity.accepted().location(status).body(new Started(job, status.toString()));
	}

	private ScheduleItem item(DeleteSchedule schedule) {
		ScheduleDraft wanted = schedule.wanted();
		Instant now = this.clock.instant();
		return new ScheduleItem(schedule.id(), wanted.name(), wanted.cron(), wanted.timeZone(), wanted.enabled(),
				ScheduleBody.Filter.of(wanted), wanted.limit(),
				wanted.enabled() ? schedule.times().next(now, NEXT_RUNS) : List.of(), this.lastRun.item(schedule));
	}

	/** All schedules, oldest first. */
	record All(List<ScheduleItem> items) {
	}

	/** The answer to a start. */
	record Started(UUID taskId, String statusUrl) {
	}

}
