package productimporter.access;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import productimporter.platform.InWords;
import productimporter.platform.Page;

/**
 * Users and their roles.
 */
@Page
@InProtectedMode
@RequestMapping("/ui/users")
class UsersPage {

	private final Users users;

	private final Clock clock;

	UsersPage(Users users, Clock clock) {
		this.users = users;
		this.clock = clock;
	}

	@GetMapping
	String page(Model model) {
		Instant now = this.clock.instant();
		model.addAttribute("users", this.users.all().stream().map((user) -> Row.of(user, now)).toList());
		model.addAttribute("roles", List.of(Role.values()));
		if (!model.containsAttribute("errors")) {
			model.addAttribute("errors", Map.of());
		}
		return "access/users";
	}

	@PostMapping
	String create(@RequestParam @Nullable String name, @RequestParam @Nullable String password,
			@RequestParam @Nullable String role, HttpServletResponse response, Model model) {
		if (AdminPages.done(() -> this.users.create(name, password, role), response, model)) {
			return "redirect:/ui/users";
		}
		model.addAttribute("name", name);
		model.addAttribute("role", role);
		return page(model);
	}

	@GetMapping("/{id}")
	String user(@PathVariable UUID id, Model model) {
		model.addAttribute("user", this.users.get(id));
		model.addAttribute("roles", List.of(Role.values()));
		if (!model.containsAttribute("errors")) {
			model.addAttribute("errors", Map.of());
		}
		return "access/user";
	}

	@PostMapping("/{id}")
	String change(@PathVariable UUID id, @RequestParam @Nullable String role,
			@RequestParam(defaultValue = "false") boolean enabled, HttpServletResponse response, Model model) {
		return AdminPages.done(() -> this.users.change(id, role, enabled, null), response, model) ? "redirect:/ui/users"
				: user(id, model);
	}

	@PostMapping("/{id}/password")
	String password(@PathVariable UUID id, @RequestParam @Nullable String password, HttpServletResponse response,
			Model model) {
		String sent = (password != null) ? password : "";
		return AdminPages.done(() -> this.users.change(id, null, null, sent), response, model) ? "redirect:/ui/users"
				: user(id, model);
	}

	@PostMapping("/{id}/delete")
	String delete(@PathVariable UUID id, HttpServletResponse response, Model model) {
		return AdminPages.done(() -> this.users.delete(id), response, model) ? "redirect:/ui/users" : user(id, model);
	}

	/** A user as the list shows it. */
	record Row(UUID id, String name, Role role, boolean enabled, String createdIso, String created,
			String passwordChangedIso, String passwordChanged) {

		static Row of(UserTable.User user, Instant now) {
			return new Row(user.id(), user.name(), user.role(), user.enabled(), user.createdAt().toString(),
					InWords.moment(user.createdAt(), now), user.passwordChangedAt().toString(),
					InWords.moment(user.passwordChangedAt(), now));
		}

	}

}
