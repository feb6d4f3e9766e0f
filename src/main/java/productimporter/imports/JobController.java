package productimporter.imports;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import productimporter.platform.RequestRefused;
import productimporter.platform.StrictParameters;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The calls below {@code /jobs}.
 */
@RestController
@RequestMapping("/jobs")
@StrictParameters
class JobController {

	private static final int PAGE_SIZE = 50;

	private final Jobs jobs;

	JobController(Jobs jobs) {
		this.jobs = jobs;
	}

	@GetMapping
	Page list(@ModelAttribute JobFilter filter, @RequestParam(defaultValue = "1") int page) {
		if (page < 1) {
			throw new RequestRefused(HttpStatus.BAD_REQUEST, "page_invalid", "Pages are counted from 1.", "page");
		}
		long total = this.jobs.count(filter);
		return new Page(this.jobs.page(filter, page, PAGE_SIZE), page, PAGE_SIZE, total,
				(total + PAGE_SIZE - 1) / PAGE_SIZE);
	}

	@GetMapping("/{taskId}")
	JobDetail detail(@PathVariable UUID taskId) {
		return this.jobs.detail(taskId);
	}

	@PostMapping("/{taskId}/restart")
	ResponseEntity<Map<String, Object>> restart(@PathVariable UUID taskId) {
		this.jobs.restart(taskId);
		return accepted(taskId);
	}

	@PostMapping("/{taskId}/stop")
	ResponseEntity<Map<String, Object>> stop(@PathVariable UUID taskId) {
		this.jobs.stop(taskId);
		return accepted(taskId);
	}

	private ResponseEntity<Map<String, Object>> accepted(UUID taskId) {
		return ResponseEntity.accepted()
			.location(URI.create("/jobs/" + taskId))
			.body(Map.of("task_id", taskId, "status", this.jobs.status(taskId).status()));
	}

	/** A page of jobs, newest first. */
	record Page(List<JobItem> items, int page, int size, long total, long pages) {
	}

}
