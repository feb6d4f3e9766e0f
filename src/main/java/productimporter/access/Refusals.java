package productimporter.access;

import java.util.Locale;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

import productimporter.platform.RequestRefused;

/**
 * Lets filters refuse a request as handlers do: a page for people, a problem response for
 * programs.
 */
@Component
class Refusals {

	private final ObjectProvider<HandlerExceptionResolver> resolvers;

	private final ObjectProvider<ThymeleafViewResolver> views;

	Refusals(ObjectProvider<HandlerExceptionResolver> resolvers, ObjectProvider<ThymeleafViewResolver> views) {
		this.resolvers = resolvers;
		this.views = views;
	}

	/** Answers the request. */
	void answer(HttpServletRequest request, HttpServletResponse response, RequestRefused refused)
			throws ServletException {
		for (HandlerExceptionResolver resolver : this.resolvers.orderedStream().toList()) {
			ModelAndView answer = resolver.resolveException(request, response, null, refused);
			if (answer != null) {
				if (answer.getViewName() != null) {
					show(answer.getViewName(), answer, request, response);
				}
				return;
			}
		}
		throw new ServletException(refused);
	}

	private void show(String name, ModelAndView page, HttpServletRequest request, HttpServletResponse response)
			throws ServletException {
		try {
			if (page.getStatus() != null) {
				response.setStatus(page.getStatus().value());
			}
			View view = this.views.getObject().resolveViewName(name, Locale.ENGLISH);
			if (view != null) {
				view.render(page.getModel(), request, response);
			}
		}
		catch (Exception ex) {
			throw new ServletException(ex);
		}
	}

}
