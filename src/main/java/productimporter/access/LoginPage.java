package productimporter.access;

import java.util.List;
import java.util.stream.StreamSupport;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

import productimporter.platform.InWords;

/**
 * Where people sign in. Spring Security reads what they send, and forwards here when it
 * was wrong.
 */
@Controller
@InProtectedMode
class LoginPage {

	private final ObjectProvider<ClientRegistrationRepository> providers;

	LoginPage(ObjectProvider<ClientRegistrationRepository> providers) {
		this.providers = providers;
	}

	/** A provider's answer comes by GET, and fails by a forward to here. */
	@GetMapping("/login")
	String page(@RequestParam @Nullable String next, @RequestParam @Nullable String out, HttpServletRequest request,
			HttpServletResponse response, Model model) {
		Object failure = request.getAttribute(SignIns.FAILURE);
		if (failure != null) {
			explain(failure, response, model);
		}
		return page(next, out, model);
	}

	private String page(@Nullable String next, @Nullable String out, Model model) {
		model.addAttribute("next", next);
		model.addAttribute("out", out != null);
		model.addAttribute("providers", registrations());
		return "access/login";
	}

	/** Reached by a forward only: the filters answer what browsers send. */
	@PostMapping("/login")
	String failed(@RequestParam @Nullable String next, @RequestParam @Nullable String username,
			HttpServletRequest request, HttpServletResponse response, Model model) {
		model.addAttribute("username", username);
		explain(request.getAttribute(SignIns.FAILURE), response, model);
		return page(next, null, model);
	}

	/** Where there is no provider; else the filters answer. */
	@GetMapping("/login/oauth2/code/{provider}")
	String noProvider(HttpServletResponse response, Model model) {
		explain(null, response, model);
		return page(null, null, model);
	}

	private static void explain(@Nullable Object failure, HttpServletResponse response, Model model) {
		response.setStatus(HttpStatus.UNAUTHORIZED.value());
		if (failure instanceof TooManyLogins tooMany) {
			response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
			long seconds = Math.max(1, tooMany.retryAfter().toSeconds());
			response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
			say(model, "Too many wrong passwords",
					"This one was not looked at. Try again in " + InWords.about(seconds) + ".");
		}
		else if (failure instanceof InternalAuthenticationServiceException) {
			response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
			say(model, "The password could not be checked", "The database does not answer. Try again in a minute.");
		}
		else if (failure instanceof OAuth2AuthenticationException) {
			say(model, "The sign-in service did not let you in", "Try again, or ask an administrator.");
		}
		else if (failure instanceof AuthenticationException) {
			say(model, "Name and password do not match", "Check both and try again. After " + LoginThrottle.FOR_NAME
					+ " wrong ones this address waits some minutes.");
		}
	}

	private static void say(Model model, String title, String words) {
		model.addAttribute("title", title);
		model.addAttribute("words", words);
	}

	private List<Provider> registrations() {
		return (this.providers.getIfAvailable() instanceof Iterable<?> all)
				? StreamSupport.stream(all.spliterator(), false)
					.filter(ClientRegistration.class::isInstance)
					.map(ClientRegistration.class::cast)
					.map((one) -> new Provider(one.getRegistrationId(), one.getClientName()))
					.toList()
				: List.of();
	}

	/** An OpenID Connect provider to sign in with. */
	record Provider(String id, String name) {
	}

}
