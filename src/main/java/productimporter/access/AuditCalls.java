package productimporter.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Writes every call down that has a name in {@link AccessRules}, with its answer, also
 * one that was refused.
 */
@Component
class AuditCalls implements HandlerInterceptor, WebMvcConfigurer {

	private static final Logger log = LoggerFactory.getLogger(AuditCalls.class);

	private static final String ACTOR = AuditCalls.class.getName() + ".actor";

	private final ObjectProvider<Audit> audit;

	private final AccessMode mode;

	AuditCalls(ObjectProvider<Audit> audit, AccessMode mode) {
		this.audit = audit;
		this.mode = mode;
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this);
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		// an asynchronous answer ends on a thread that knows no user
		if (request.getAttribute(ACTOR) == null && !request.getMethod().equals("GET")) {
			request.setAttribute(ACTOR, Actor.of(request, this.mode));
		}
		return true;
	}

	@Override
	public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable Exception failure) {
		if (!(request.getAttribute(ACTOR) instanceof Actor actor)) {
			return;
		}
		AccessRules.of(request).map(AccessRules.Rule::audit).ifPresent((action) -> {
			try {
				this.audit.getObject().called(actor, action, request, response);
			}
			catch (RuntimeException ex) {
				log.error("The audit could not be written: {} by {}, answered with {}", action, actor.name(),
						response.getStatus(), ex);
			}
		});
	}

}
