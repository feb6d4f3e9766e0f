package productimporter.imports;

import java.time.Clock;
import java.util.Map;

import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import productimporter.platform.Page;

/**
 * The profiles by which files are read and imported.
 */
@Page
@RequestMapping("/ui/profiles")
class ProfilesPage {

	private final ImportProfiles profiles;

	private final Clock clock;

	ProfilesPage(ImportProfiles profiles, Clock clock) {
		this.profiles = profiles;
		this.clock = clock;
	}

	@GetMapping
	String page(Model model) {
		model.addAttribute("profiles",
				this.profiles.all()
					.stream()
					.map((profile) -> new Shown(profile.name(), profile.fields(),
							RunView.Moment.of(profile.updatedAt(), this.clock.instant())))
					.toList());
		return "imports/profiles";
	}

	@PostMapping("/delete")
	String delete(@RequestParam String name) {
		this.profiles.delete(name);
		return "redirect:/ui/profiles";
	}

	/** A profile on the page. */
	record Shown(String name, Map<String, String> fields, RunView.Moment saved) {
	}

}
