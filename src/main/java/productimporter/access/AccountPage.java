package productimporter.access;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import productimporter.platform.FieldsInvalid;
import productimporter.platform.Page;
import productimporter.platform.RequestRefused;

/**
 * Where people change their own password.
 */
@Page
@InProtectedMode
@RequestMapping("/ui/account")
class AccountPage {

	private final Users users;

	private final LoginThrottle throttle;

	private final SecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

	AccountPage(Users users, LoginThrottle throttle) {
		this.users = users;
		this.throttle = throttle;
	}

	@GetMapping
	String page(@RequestParam @Nullable String saved, Model model) {
		model.addAttribute("saved", saved != null);
		model.addAttribute("errors", Map.of());
		return "access/account";
	}

	@PostMapping("/password")
	String change(@RequestParam @Nullable String present, @RequestParam @Nullable String password,
			HttpServletRequest request, HttpServletResponse response, Model model) {
		String name = Actor.of(request, AccessMode.PROTECTED).name();
		LoginThrottle.Attempt attempt = begin(name, request);
		try {
			stay(this.users.changeOwn(name, present, password, request.getSession().getId()), request, response);
			this.throttle.succeeded(attempt);
			return "redirect:/ui/account?saved";
		}
		catch (FieldsInvalid ex) {
			Map<String, String> errors = AdminPages.errors(ex);
			if (!errors.containsKey("present")) {
				this.throttle.succeeded(attempt);
			}
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			page(null, model);
			model.addAttribute("errors", errors);
			return "access/account";
		}
		catch (RequestRefused ex) {
			response.setStatus(ex.status().value());
			page(null, model);
			model.addAttribute("refusal", ex.getMessage());
			return "access/account";
		}
	}

	/** Else {@link ChangedUsersOut} would end this session too. */
	private void stay(AccessUser changed, HttpServletRequest request, HttpServletResponse response) {
		Authentication before = SecurityContextHolder.getContext().getAuthentication();
		SecurityContext context = SecurityContextHolder.createEmptyContext();
		context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(changed, null,
				(before != null) ? before.getAuthorities() : changed.getAuthorities()));
		SecurityContextHolder.setContext(context);
		this.contexts.saveContext(context, request, response);
	}

	private LoginThrottle.Attempt begin(String name, HttpServletRequest request) {
		try {
			return this.throttle.begin(name, request.getRemoteAddr(), true);
		}
		catch (TooManyLogins ex) {
			throw SignInFirst.tooMany(ex);
		}
	}

}
