package productimporter.imports;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.ui.Model;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import productimporter.platform.Page;
import productimporter.uploads.Container;
import productimporter.uploads.Unpacked;

/**
 * The page of a run.
 */
@Page
@RequestMapping("/ui/uploads/{taskId}")
class RunPage {

	private final ImportRuns runs;

	private final RunSearch search;

	private final JobHistoryQuery history;

	private final RefusedRowTable refusedRows;

	private final DryRuns dryRuns;

	private final UnpackedFiles unpacked;

	private final ImportRunQuery files;

	private final Clock clock;

	RunPage(ImportRuns runs, RunSearch search, JobHistoryQuery history, RefusedRowTable refusedRows, DryRuns dryRuns,
			UnpackedFiles unpacked, ImportRunQuery files, Clock clock) {
		this.unpacked = unpacked;
		this.dryRuns = dryRuns;
		this.files = files;
		this.runs = runs;
		this.search = search;
		this.history = history;
		this.refusedRows = refusedRows;
		this.clock = clock;
	}

	@GetMapping
	String page(@PathVariable UUID taskId, @RequestParam(defaultValue = "1") int page,
			@RequestParam(defaultValue = "all") String kind, @RequestParam(required = false) @Nullable String after,
			Model model) {
		run(taskId, model);
		diff(taskId, kind, after, model);
		notes(taskId, model);
		model.addAttribute("refused", RefusedPage.of(this.refusedRows, taskId, page));
		model.addAttribute("attempts", attempts(taskId));
		facts(taskId, model);
		model.addAttribute("chart", true);
		return "imports/run";
	}

	@GetMapping(headers = "HX-Target=run")
	String progress(@PathVariable UUID taskId, Model model) {
		run(taskId, model);
		return "imports/run :: run";
	}

	@GetMapping(headers = "HX-Target=dry")
	String dryRun(@PathVariable UUID taskId, Model model) {
		run(taskId, model);
		diff(taskId, "all", null, model);
		notes(taskId, model);
		return "imports/dry-run :: dry";
	}

	@GetMapping(headers = "HX-Target=diff")
	String diffOnly(@PathVariable UUID taskId, @RequestParam(defaultValue = "all") String kind,
			@RequestParam(required = false) @Nullable String after, Model model) {
		run(taskId, model);
		diff(taskId, kind, after, model);
		return "imports/dry-run :: diff";
	}

	@GetMapping(headers = "HX-Target=refused")
	String refused(@PathVariable UUID taskId, @RequestParam(defaultValue = "1") int page, Model model) {
		run(taskId, model);
		model.addAttribute("refused", RefusedPage.of(this.refusedRows, taskId, page));
		return "imports/run :: refused";
	}

	@GetMapping(headers = "HX-Target=attempts")
	String attempts(@PathVariable UUID taskId, Model model) {
		run(taskId, model);
		model.addAttribute("attempts", attempts(taskId));
		return "imports/run :: attempts";
	}

	@GetMapping(headers = "HX-Target=file-facts")
	String fileFacts(@PathVariable UUID taskId, Model model) {
		run(taskId, model);
		facts(taskId, model);
		return "imports/run :: file-facts";
	}

	/** Says what stopping does before it is done. */
	@GetMapping("/stop")
	String askToStop(@PathVariable UUID taskId, @RequestHeader(name = "HX-Request", required = false) boolean htmx,
			Model model) {
		run(taskId, model);
		return htmx ? "imports/stop :: dialog" : "imports/stop";
	}

	@PostMapping("/stop")
	String stop(@PathVariable UUID taskId, @RequestHeader(name = "HX-Request", required = false) boolean htmx,
			HttpServletResponse response) {
		this.runs.stop(taskId);
		return done(this.runs.status(taskId), htmx, response);
	}

	@PostMapping("/go-on")
	String goOn(@PathVariable UUID taskId, @RequestHeader(name = "HX-Request", required = false) boolean htmx,
			HttpServletResponse response) {
		this.runs.retry(taskId);
		return done(this.runs.status(taskId), htmx, response);
	}

	/** Imports the file of a run that has ended as a run of its own. */
	@PostMapping("/again")
	String again(@PathVariable UUID taskId) {
		return "redirect:/ui/uploads/" + this.runs.again(taskId, Map.of());
	}

	/** The page with HTMX refreshes what it shows, wherever the request came from. */
	static String done(ImportStatus run, boolean htmx, HttpServletResponse response) {
		if (htmx) {
			response.setHeader("HX-Trigger", "pi:changed");
			response.setHeader("HX-Reswap", "none");
			return "fragments :: nothing";
		}
		return "redirect:" + run.page();
	}

	private void facts(UUID taskId, Model model) {
		model.addAttribute("parameters", this.history.parameters(taskId));
		Unpacked unpacked = this.unpacked.of(taskId);
		model.addAttribute("unpacked", unpacked);
		Map<String, String> settings = RunSettings.inWords(this.files.importFile(taskId).fields());
		if (unpacked != null && unpacked.container() == Container.XLSX) {
			settings.keySet().removeAll(RunSettings.OF_TEXT);
		}
		model.addAttribute("settings", settings);
	}

	private List<RunAttempt> attempts(UUID taskId) {
		return RunAttempt.of(this.history.attempts(taskId), this.history.steps(taskId), this.runs.status(taskId),
				this.clock.instant());
	}

	private void notes(UUID taskId, Model model) {
		ImportStatus run = this.runs.status(taskId);
		model.addAttribute("notes", DryRuns.isDone(run) ? DryRunView.Notes.of(this.dryRuns, run) : null);
	}

	private void diff(UUID taskId, String kind, @Nullable String after, Model model) {
		ImportStatus run = this.runs.status(taskId);
		model.addAttribute("dry",
				DryRuns.isDone(run)
						? DryRunView.of(this.dryRuns, run, DryRunChange.Kind.of(kind).orElse(DryRunChange.Kind.ALL),
								StringUtils.hasText(after) ? after : null)
						: null);
	}

	private void run(UUID taskId, Model model) {
		ImportStatus run = this.runs.status(taskId);
		model.addAttribute("parent", (run.parentTaskId() != null) ? view(this.runs.status(run.parentTaskId())) : null);
		model.addAttribute("corrections", this.runs.corrections(taskId).stream().map(this::view).toList());
		model.addAttribute("run", RunView.of(run, this.clock.instant()));
		model.addAttribute("sameContent", this.search.sameContentBefore(run).map(this::view).orElse(null));
	}

	private RunView view(ImportStatus run) {
		return RunView.of(run, this.clock.instant());
	}

}
