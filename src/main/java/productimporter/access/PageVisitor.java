package productimporter.access;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

import productimporter.platform.Page;

/**
 * Shows on every page who is signed in, or that nobody needs to be.
 */
@ControllerAdvice(annotations = Page.class)
class PageVisitor {

	private final AccessMode mode;

	PageVisitor(AccessMode mode) {
		this.mode = mode;
	}

	@ModelAttribute("visitor")
	Visitor visitor(HttpServletRequest request) {
		Actor actor = Actor.of(request, this.mode);
		return new Visitor(actor.name(), (actor.role() != null) ? actor.role().code() : null,
				this.mode == AccessMode.LOCAL, actor.role() == Role.ADMIN);
	}

	/**
	 * Who looks at a page.
	 *
	 * @param role {@code null}: none
	 * @param local nobody signs in
	 */
	record Visitor(String name, @Nullable String role, boolean local, boolean admin) {
	}

}
