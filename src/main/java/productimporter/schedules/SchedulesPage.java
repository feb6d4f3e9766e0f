package productimporter.schedules;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;

import productimporter.platform.FieldsInvalid;
import productimporter.platform.InWords;
import productimporter.platform.Page;

/**
 * The schedules, and the form of one.
 */
@Page
@RequestMapping("/ui/schedules")
class SchedulesPage {

	private static final int NEXT_RUNS = 3;

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);

	private final Schedules schedules;

	private final LastRun lastRun;

	private final Clock clock;

	SchedulesPage(Schedules schedules, LastRun lastRun, Clock clock) {
		this.schedules = schedules;
		this.lastRun = lastRun;
		this.clock = clock;
	}

	@GetMapping
	String page(Model model) {
		rows(model);
		form(ScheduleForm.EMPTY, Map.of(), model);
		return "schedules/schedules";
	}

	@GetMapping(headers = "HX-Target=schedules")
	String rows(Model model) {
		model.addAttribute("schedules", this.schedules.all().stream().map(this::row).toList());
		return "schedules/schedules :: schedules";
	}

	@GetMapping("/{id}")
	String edit(@PathVariable UUID id, @RequestHeader(name = "HX-Request", required = false) boolean htmx,
			Model model) {
		form(ScheduleForm.of(this.schedules.get(id)), Map.of(), model);
		return htmx ? "schedules/schedule :: dialog" : "schedules/schedule";
	}

	/** What the form as it is would mean: its next times, and how many match now. */
	@GetMapping("/preview")
	String preview(@ModelAttribute("sent") ScheduleForm sent, Model model) {
		form(sent, Map.of(), model);
		return "schedules/schedule :: preview";
	}

	@PostMapping
	String create(@ModelAttribute("sent") ScheduleForm sent,
			@RequestHeader(name = "HX-Request", required = false) boolean htmx, Model model,
			HttpServletResponse response) {
		ScheduleForm form = sent.at(null);
		try {
			DeleteSchedule created = this.schedules.create(form.draft(null, this.clock.instant()));
			if (!htmx) {
				return "redirect:/ui/schedules";
			}
			response.setHeader("HX-Trigger", "pi:changed");
			model.addAttribute("added", created.wanted().name());
			form(ScheduleForm.EMPTY, Map.of(), model);
			return "schedules/schedule :: schedule-form";
		}
		catch (FieldsInvalid ex) {
			return wrong(form, ex, htmx, model, response);
		}
	}

	@PostMapping("/{id}")
	String save(@PathVariable UUID id, @ModelAttribute("sent") ScheduleForm sent,
			@RequestHeader(name = "HX-Request", required = false) boolean htmx, Model model,
			HttpServletResponse response) {
		ScheduleDraft before = this.schedules.get(id).wanted();
		try {
			this.schedules.replace(id, sent.at(id).draft(before, this.clock.instant()));
			return SchedulePart.done(htmx, response);
		}
		catch (FieldsInvalid ex) {
			return wrong(sent.at(id), ex, htmx, model, response);
		}
	}

	private String wrong(ScheduleForm form, FieldsInvalid ex, boolean htmx, Model model, HttpServletResponse response) {
		response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
		form(form, ScheduleForm.errors(ex.problems()), model);
		return htmx ? "schedules/schedule :: schedule-form" : "schedules/schedule";
	}

	private void form(ScheduleForm form, Map<String, String> errors, Model model) {
		model.addAttribute("form", form);
		model.addAttribute("errors", errors);
		model.addAttribute("zones", new TreeSet<>(ZoneId.getAvailableZoneIds()));
		try {
			ScheduleDraft draft = form.draft(null, this.clock.instant());
			DeleteSchedule unsaved = new DeleteSchedule(new UUID(0, 0), draft, null, null, null);
			preview(unsaved, model);
		}
		catch (FieldsInvalid ex) {
			preview(form, ScheduleForm.errors(ex.problems()), model);
		}
	}

	private void preview(DeleteSchedule schedule, Model model) {
		model.addAttribute("next", next(schedule));
		model.addAttribute("what", schedule.inWords());
		model.addAttribute("match", InWords.count(this.schedules.count(schedule), "product"));
	}

	/** A name is not needed to see what the rest means. */
	private void preview(ScheduleForm form, Map<String, String> errors, Model model) {
		if (errors.size() == 1 && errors.containsKey("name")) {
			ScheduleForm named = new ScheduleForm(form.id(), "-", form.cron(), form.timeZone(), form.enabled(),
					form.sku(), form.productName(), form.description(), form.active(), form.priceMin(), form.priceMax(),
					form.notUpdatedForDays(), form.limit());
			preview(new DeleteSchedule(new UUID(0, 0), named.draft(null, this.clock.instant()), null, null, null),
					model);
		}
		else {
			model.addAttribute("cronProblem", errors.get("cron"));
		}
	}

	private Row row(DeleteSchedule schedule) {
		ScheduleDraft wanted = schedule.wanted();
		DeleteSchedule.Last last = schedule.last();
		return new Row(schedule.id(), wanted.name(), schedule.inWords(), wanted.cron(), wanted.timeZone(),
				wanted.enabled(), (wanted.limit() != null) ? InWords.count(wanted.limit()) : null,
				wanted.enabled() ? next(schedule) : List.of(),
				this.lastRun.shown(schedule, (last != null) ? inWords(last.at(), wanted.timeZone()) : ""));
	}

	private List<Time> next(DeleteSchedule schedule) {
		return schedule.times()
			.next(this.clock.instant(), NEXT_RUNS)
			.stream()
			.map((at) -> new Time(inWords(at, schedule.wanted().timeZone()), at.toString()))
			.toList();
	}

	private static String inWords(Instant at, String zone) {
		return TIME.format(at.atZone(ZoneId.of(zone)));
	}

	/** A schedule as the page shows it; its times are in its own time zone. */
	record Row(UUID id, String name, String what, String cron, String timeZone, boolean enabled, @Nullable String limit,
			List<Time> next, LastRun.@Nullable Shown last) {
	}

	/** A moment in words and for programs. */
	record Time(String words, String iso) {
	}

}
