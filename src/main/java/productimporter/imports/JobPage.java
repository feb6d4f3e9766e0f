package productimporter.imports;

import java.time.Clock;
import java.util.UUID;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;

import productimporter.platform.Page;

/**
 * The page of a bulk delete. An import has one of its own ({@link RunPage}), to which
 * this one leads.
 */
@Page
@RequestMapping("/ui/jobs/{taskId}")
class JobPage {

	private final Jobs jobs;

	private final JobHistoryQuery history;

	private final Clock clock;

	JobPage(Jobs jobs, JobHistoryQuery history, Clock clock) {
		this.jobs = jobs;
		this.history = history;
		this.clock = clock;
	}

	@GetMapping
	String page(@PathVariable UUID taskId, Model model) {
		ImportStatus job = show(taskId, model);
		return (job.kind() == JobKind.IMPORT) ? "redirect:" + job.page() : "imports/job";
	}

	@GetMapping(headers = "HX-Target=run")
	String progress(@PathVariable UUID taskId, Model model) {
		show(taskId, model);
		return "imports/job :: run";
	}

	@GetMapping(headers = "HX-Target=attempts")
	String attempts(@PathVariable UUID taskId, Model model) {
		show(taskId, model);
		return "imports/run :: attempts";
	}

	@GetMapping(headers = "HX-Target=job-facts")
	String facts(@PathVariable UUID taskId, Model model) {
		show(taskId, model);
		return "imports/job :: job-facts";
	}

	/** Says what stopping does before it is done. */
	@GetMapping("/stop")
	String askToStop(@PathVariable UUID taskId, @RequestHeader(name = "HX-Request", required = false) boolean htmx,
			Model model) {
		show(taskId, model);
		return htmx ? "imports/stop :: dialog" : "imports/stop";
	}

	@PostMapping("/stop")
	String stop(@PathVariable UUID taskId, @RequestHeader(name = "HX-Request", required = false) boolean htmx,
			HttpServletResponse response) {
		this.jobs.stop(taskId);
		return RunPage.done(this.jobs.status(taskId), htmx, response);
	}

	@PostMapping("/go-on")
	String goOn(@PathVariable UUID taskId, @RequestHeader(name = "HX-Request", required = false) boolean htmx,
			HttpServletResponse response) {
		this.jobs.restart(taskId);
		return RunPage.done(this.jobs.status(taskId), htmx, response);
	}

	private ImportStatus show(UUID taskId, Model model) {
		ImportStatus job = this.jobs.status(taskId);
		model.addAttribute("run", RunView.of(job, this.clock.instant()));
		model.addAttribute("attempts",
				RunAttempt.of(this.history.attempts(taskId), this.history.steps(taskId), job, this.clock.instant()));
		model.addAttribute("parameters", this.history.parameters(taskId));
		return job;
	}

}
