package productimporter.imports;

import java.time.Clock;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.ui.Model;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;

import productimporter.platform.DashboardFigures;
import productimporter.platform.InWords;
import productimporter.platform.Page;
import productimporter.platform.RequestRefused;

/**
 * The first page: upload, what is running, what is waiting, what has ended.
 */
@Page
class DashboardPage {

	private static final int WAITING_SHOWN = 50;

	private static final int ENDED_SHOWN = 5;

	private final RunSearch runs;

	private final UploadController uploads;

	private final UploadCheck check;

	private final int atOnce;

	private final ObjectProvider<DashboardFigures> figures;

	private final DataSize maxSize;

	private final Clock clock;

	DashboardPage(RunSearch runs, UploadController uploads, UploadCheck check, ImportSettings settings,
			ObjectProvider<DashboardFigures> figures, @Value("${importer.uploads.max-size:2GB}") DataSize maxSize,
			Clock clock) {
		this.runs = runs;
		this.uploads = uploads;
		this.check = check;
		this.atOnce = settings.runsAtOnce();
		this.figures = figures;
		this.maxSize = maxSize;
		this.clock = clock;
	}

	@GetMapping("/")
	String page(@ModelAttribute("running") @Nullable RunView running, Model model) {
		live(running, model);
		figures(model);
		model.addAttribute("atOnce", this.atOnce);
		model.addAttribute("mail", this.check.isMailConfigured());
		model.addAttribute("maxSize", (this.maxSize.toGigabytes() > 0) ? this.maxSize.toGigabytes() + " GB"
				: this.maxSize.toMegabytes() + " MB");
		return "imports/dashboard";
	}

	@GetMapping(path = "/", headers = "HX-Target=live")
	String live(@ModelAttribute("running") @Nullable RunView running, Model model) {
		List<RunView> waiting = shown(this.runs.waiting(WAITING_SHOWN));
		List<RunView> beside = (running != null && this.atOnce > 1)
				? shown(this.runs.running()).stream().filter((run) -> !run.id().equals(running.id())).toList()
				: List.of();
		List<RunView> recent = recent(model);
		model.addAttribute("beside", beside);
		model.addAttribute("waiting", waiting);
		model.addAttribute("summary", summary(running, beside.size(), waiting.size(), recent));
		model.addAttribute("failed",
				(!recent.isEmpty() && recent.get(0).failed() && running == null) ? recent.get(0) : null);
		return "imports/dashboard :: live";
	}

	@GetMapping(path = "/", headers = "HX-Target=recent")
	String recentOnly(Model model) {
		recent(model);
		return "imports/dashboard :: recent";
	}

	@GetMapping(path = "/", headers = "HX-Target=figures")
	String figures(Model model) {
		model.addAttribute("figures",
				this.figures.orderedStream().flatMap((module) -> module.figures().stream()).toList());
		return "imports/dashboard :: figures";
	}

	/** An upload by a browser without script. */
	@PostMapping("/ui/uploads")
	String upload(@ModelAttribute("running") @Nullable RunView running, HttpServletRequest request,
			HttpServletResponse response, Model model) {
		try {
			UploadController.Accepted accepted = this.uploads.upload(request).getBody();
			return (accepted != null) ? "redirect:/ui/uploads/" + accepted.taskId() : "redirect:/";
		}
		catch (RequestRefused ex) {
			response.setStatus(ex.status().value());
			model.addAttribute("refusal", ex.getMessage());
			return page(running, model);
		}
	}

	private List<RunView> recent(Model model) {
		List<RunView> recent = shown(this.runs.ended(ENDED_SHOWN));
		model.addAttribute("recent", recent);
		return recent;
	}

	private List<RunView> shown(List<ImportStatus> runs) {
		return runs.stream().map((run) -> RunView.of(run, this.clock.instant())).toList();
	}

	private static String summary(@Nullable RunView running, int beside, int waiting, List<RunView> recent) {
		String queue = (waiting == 0) ? ""
				: ", " + InWords.count(waiting) + ((waiting == 1) ? " is" : " are") + " waiting";
		if (beside > 0) {
			return InWords.count(beside + 1, "job") + " are running" + queue + ".";
		}
		if (running != null) {
			return "One " + running.kind().words() + " is running" + queue + ".";
		}
		if (waiting > 0) {
			return InWords.count(waiting, "job") + ((waiting == 1) ? " is" : " are") + " waiting.";
		}
		if (recent.isEmpty()) {
			return "Nothing has been imported yet.";
		}
		RunView.Moment finished = recent.get(0).finished();
		return "Nothing is running." + ((finished != null) ? " The last " + recent.get(0).kind().words() + " ended "
				+ StringUtils.uncapitalize(finished.words()) + " UTC." : "");
	}

}
