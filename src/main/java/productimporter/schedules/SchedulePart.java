package productimporter.schedules;

import java.util.UUID;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import productimporter.platform.InWords;
import productimporter.platform.Page;
import productimporter.platform.RequestRefused;
import productimporter.products.CountDiffers;

/**
 * What is done with one schedule: switched, started, deleted.
 */
@Page
@RequestMapping("/ui/schedules/{id}")
class SchedulePart {

	private final Schedules schedules;

	SchedulePart(Schedules schedules) {
		this.schedules = schedules;
	}

	@PostMapping("/enabled")
	String enable(@PathVariable UUID id, @RequestParam boolean enabled,
			@RequestHeader(name = "HX-Request", required = false) boolean htmx, HttpServletResponse response) {
		this.schedules.enable(id, enabled);
		return done(htmx, response);
	}

	/** Says how many go before they do. */
	@GetMapping("/run")
	String askToRun(@PathVariable UUID id, @RequestHeader(name = "HX-Request", required = false) boolean htmx,
			Model model) {
		show(id, model);
		return htmx ? "schedules/run :: dialog" : "schedules/run";
	}

	@PostMapping("/run")
	String run(@PathVariable UUID id, @RequestParam long expected, @RequestParam(defaultValue = "") String confirm,
			@RequestHeader(name = "HX-Request", required = false) boolean htmx, Model model,
			HttpServletResponse response) {
		if (mustType(this.schedules.get(id), expected)
				&& !confirm.replaceAll("[\\s,.'\u00a0\u202f]", "").equals(Long.toString(expected))) {
			model.addAttribute("problem", "That is another number. Nothing was deleted.");
			return again(id, HttpStatus.UNPROCESSABLE_CONTENT, htmx, model, response);
		}
		try {
			UUID job = this.schedules.run(id, expected);
			return htmx ? done(true, response) : "redirect:/ui/jobs/" + job;
		}
		catch (CountDiffers ex) {
			model.addAttribute("problem",
					"The number has changed: it was " + InWords.count(expected) + ". Nothing was deleted.");
			return again(id, ex.status(), htmx, model, response);
		}
		catch (RequestRefused ex) {
			model.addAttribute("problem", ex.getMessage());
			return again(id, ex.status(), htmx, model, response);
		}
	}

	@GetMapping("/delete")
	String askToDelete(@PathVariable UUID id, @RequestHeader(name = "HX-Request", required = false) boolean htmx,
			Model model) {
		model.addAttribute("schedule", this.schedules.get(id));
		return htmx ? "schedules/delete :: dialog" : "schedules/delete";
	}

	@PostMapping("/delete")
	String delete(@PathVariable UUID id, @RequestHeader(name = "HX-Request", required = false) boolean htmx,
			HttpServletResponse response) {
		this.schedules.delete(id);
		return done(htmx, response);
	}

	private String again(UUID id, HttpStatus status, boolean htmx, Model model, HttpServletResponse response) {
		response.setStatus(status.value());
		show(id, model);
		return htmx ? "schedules/run :: question" : "schedules/run";
	}

	private void show(UUID id, Model model) {
		DeleteSchedule schedule = this.schedules.get(id);
		long count = this.schedules.count(schedule);
		Long limit = schedule.wanted().limit();
		model.addAttribute("schedule", schedule);
		model.addAttribute("what", schedule.inWords());
		model.addAttribute("number", count);
		model.addAttribute("shown", InWords.count(count));
		model.addAttribute("products", InWords.count(count, "product"));
		model.addAttribute("over", (limit != null && count > limit) ? InWords.count(limit) : null);
		model.addAttribute("typed", mustType(schedule, count));
	}

	/** Many are not deleted by a mere click, nor more than the schedule may by itself. */
	private static boolean mustType(DeleteSchedule schedule, long count) {
		Long limit = schedule.wanted().limit();
		return count > 1_000 || (limit != null && count > limit);
	}

	/** The page with HTMX refreshes what it shows. */
	static String done(boolean htmx, HttpServletResponse response) {
		if (!htmx) {
			return "redirect:/ui/schedules";
		}
		response.setHeader("HX-Trigger", "pi:changed");
		response.setHeader("HX-Reswap", "none");
		return "fragments :: nothing";
	}

}
