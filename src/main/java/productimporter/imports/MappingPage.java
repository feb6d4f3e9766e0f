package productimporter.imports;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import productimporter.platform.Page;
import productimporter.platform.RequestRefused;
import productimporter.uploads.Container;
import productimporter.uploads.FormatPreview;
import productimporter.uploads.Unpacked;

/**
 * The page on which somebody says how a file is read and imported: before an import that
 * waits for it, or to import the file of an ended run again.
 */
@Page
@RequestMapping("/ui/uploads/{taskId}/mapping")
class MappingPage {

	private final ImportRuns runs;

	private final ImportRunQuery files;

	private final UploadCheck check;

	private final ImportProfiles profiles;

	private final UnpackedFiles unpacked;

	private final Clock clock;

	MappingPage(ImportRuns runs, ImportRunQuery files, UploadCheck check, ImportProfiles profiles,
			UnpackedFiles unpacked, Clock clock) {
		this.unpacked = unpacked;
		this.clock = clock;
		this.runs = runs;
		this.files = files;
		this.check = check;
		this.profiles = profiles;
	}

	@GetMapping
	String page(@PathVariable UUID taskId, @RequestParam Map<String, String> sent, Model model) {
		show(taskId, sent, model);
		return "imports/mapping";
	}

	/** The file as it is read when the choices above are as they are. */
	@GetMapping(headers = "HX-Target=preview")
	String preview(@PathVariable UUID taskId, @RequestParam Map<String, String> sent, Model model) {
		show(taskId, sent, model);
		return "imports/mapping :: preview";
	}

	@PostMapping
	String start(@PathVariable UUID taskId, @RequestParam Map<String, String> sent, Model model,
			HttpServletResponse response) {
		MappingForm form = new MappingForm(sent);
		try {
			UUID started = start(taskId, form);
			return "redirect:/ui/uploads/" + started;
		}
		catch (RequestRefused ex) {
			if (ex.status() != HttpStatus.UNPROCESSABLE_CONTENT) {
				throw ex;
			}
			response.setStatus(ex.status().value());
			show(taskId, sent, model);
			model.addAttribute("refusal", ex.getMessage());
			return "imports/mapping";
		}
	}

	private UUID start(UUID taskId, MappingForm form) {
		String name = form.saveAs();
		if (name != null) {
			this.profiles.require(name);
		}
		UUID started = taskId;
		if (this.runs.status(taskId).status().ended()) {
			started = this.runs.again(taskId, form.fields());
		}
		else {
			this.runs.answer(taskId, form.fields());
		}
		if (name != null) {
			List<String> columns = this.check.preview(file(taskId).upload(), options(form.format())).columns();
			this.profiles.save(name, form.profile(), columns);
		}
		return started;
	}

	private void show(UUID taskId, Map<String, String> sent, Model model) {
		ImportStatus run = this.runs.status(taskId);
		if (run.fileRemovedAt() != null) {
			throw Jobs.fileRemoved();
		}
		if (run.status() != RunStatus.NEEDS_INPUT && !run.status().ended()) {
			throw new RequestRefused(HttpStatus.CONFLICT, "run_needs_no_input",
					"This import is " + run.status().code() + ": its settings are as they are.", "task_id");
		}
		RunFile file = file(taskId);
		Optional<ImportProfile> profile = profile(file, sent);
		Map<String, String> said = new TreeMap<>(file.fields());
		profile.ifPresent((found) -> said.putAll(found.fields()));
		// another way to cut the file into cells has other columns
		boolean cutAnew = MappingForm.FORMAT.stream().anyMatch(sent::containsKey);
		if (cutAnew) {
			said.remove("mapping");
		}
		new MappingForm(sent).format().forEach((name, value) -> {
			if (!value.isEmpty()) {
				said.put(name, value);
			}
			else if (sent.containsKey(name)) {
				said.remove(name);
			}
		});
		Unpacked unpacked = this.unpacked.of(taskId);
		model.addAttribute("workbook", unpacked != null && unpacked.container() == Container.XLSX);
		model.addAttribute("run", RunView.of(run, this.clock.instant()));
		model.addAttribute("again", run.status().ended());
		model.addAttribute("profiles", this.profiles.all());
		model.addAttribute("profile", profile.map(ImportProfile::name).orElse(null));
		model.addAttribute("view",
				view(file, (unpacked != null) ? unpacked.container().settle(said) : said, sent, model));
		model.addAttribute("columnsAsked", Review.isAboutColumns(run.errorCode()));
		model.addAttribute("question", (run.status() == RunStatus.NEEDS_INPUT && !"review".equals(run.errorCode()))
				? this.files.question(taskId) : null);
	}

	private MappingView view(RunFile file, Map<String, String> said, Map<String, String> sent, Model model) {
		try {
			return MappingView.of(this.check.preview(file.upload(), options(said)), said, new MappingForm(sent));
		}
		catch (RequestRefused ex) {
			// a choice that can't be: the file as it is without any
			model.addAttribute("refusal", ex.getMessage());
			return MappingView.of(this.check.preview(file.upload(), ImportOptions.DEFAULT), Map.of(),
					new MappingForm(Map.of()));
		}
	}

	/**
	 * The one that is asked for, else, as long as nothing is said, that of the columns.
	 */
	private Optional<ImportProfile> profile(RunFile file, Map<String, String> sent) {
		String name = sent.get(ImportProfiles.OPTION);
		if (name != null && !name.isEmpty()) {
			return Optional.of(this.profiles.get(name));
		}
		if (name != null || sent.keySet().stream().anyMatch(MappingForm.FORMAT::contains)) {
			return Optional.empty();
		}
		FormatPreview preview = this.check.preview(file.upload(), options(file.fields()));
		return this.profiles.of(preview.columns());
	}

	private RunFile file(UUID taskId) {
		return this.files.importFile(taskId);
	}

	private static ImportOptions options(Map<String, @Nullable String> fields) {
		Map<String, String> said = new TreeMap<>(fields);
		said.values().removeIf(String::isEmpty);
		return ImportOptions.of(said);
	}

}
