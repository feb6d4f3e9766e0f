package productimporter.access;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.servlet.http.HttpServletRequest;
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
 * Tokens of programs. A new one is in the answer to the form and nowhere else.
 */
@Page
@InProtectedMode
@RequestMapping("/ui/tokens")
class TokensPage {

	private final Tokens tokens;

	private final Clock clock;

	TokensPage(Tokens tokens, Clock clock) {
		this.tokens = tokens;
		this.clock = clock;
	}

	@GetMapping
	String page(Model model) {
		Instant now = this.clock.instant();
		model.addAttribute("tokens", this.tokens.all().stream().map((token) -> Row.of(token, now)).toList());
		model.addAttribute("roles", List.of(Role.values()));
		if (!model.containsAttribute("errors")) {
			model.addAttribute("errors", Map.of());
		}
		return "access/tokens";
	}

	@PostMapping
	String create(@RequestParam @Nullable String name, @RequestParam @Nullable String role,
			@RequestParam @Nullable Integer days, HttpServletRequest request, HttpServletResponse response,
			Model model) {
		String creator = Actor.of(request, AccessMode.PROTECTED).name();
		if (!AdminPages.done(() -> model.addAttribute("made", this.tokens.create(name, role, days, creator)), response,
				model)) {
			model.addAttribute("name", name);
			model.addAttribute("role", role);
			model.addAttribute("days", days);
		}
		return page(model);
	}

	@PostMapping("/{id}/revoke")
	String revoke(@PathVariable UUID id, HttpServletResponse response, Model model) {
		return AdminPages.done(() -> this.tokens.revoke(id), response, model) ? "redirect:/ui/tokens" : page(model);
	}

	/** A token as the list shows it. */
	record Row(UUID id, String name, Role role, String createdBy, String created, @Nullable String used,
			@Nullable String expires, boolean expired) {

		static Row of(TokenTable.Token token, Instant now) {
			return new Row(token.id(), token.name(), token.role(), token.createdBy(),
					InWords.moment(token.createdAt(), now), words(token.lastUsedAt(), now),
					words(token.expiresAt(), now), token.expiresAt() != null && token.expiresAt().isBefore(now));
		}

		private static @Nullable String words(@Nullable Instant at, Instant now) {
			return (at != null) ? InWords.moment(at, now) : null;
		}

	}

}
