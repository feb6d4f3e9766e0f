package productimporter.platform;

import java.util.List;

import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * The page that says what waits, and since when.
 */
@Page
class SystemPage {

	private final List<WaitingWork> work;

	SystemPage(List<WaitingWork> work) {
		this.work = List.copyOf(work);
	}

	@GetMapping("/ui/system")
	String page(Model model) {
		waiting(model);
		return "system";
	}

	@GetMapping(path = "/ui/system", headers = "HX-Target=waiting")
	String waiting(Model model) {
		model.addAttribute("work", this.work.stream().map(WaitingWork::standing).toList());
		return "system :: waiting";
	}

}
