package productimporter.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.util.StringUtils;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which role each call needs, and by what name it stands in the audit. The first line
 * that matches counts; a call that none matches is refused in protected mode, and a
 * mapping that none matches fails the build.
 * <p>
 * HEAD and OPTIONS are as GET. A call without a name in the audit is either one that
 * changes nothing, or ({@code -}) one that is written down where it is done.
 */
final class AccessRules {

	private static final String TABLE = """
			anyone GET     /login
			anyone POST    /login                            -
			anyone POST    /logout                           -
			anyone GET     /oauth2/authorization/{provider}
			anyone GET     /login/oauth2/code/{provider}
			anyone GET     /assets/**
			anyone GET     /webjars/**
			anyone GET     /favicon.ico
			anyone GET     /actuator/health
			anyone GET     /actuator/health/{*part}
			anyone *       /error                            -

			viewer GET     /
			viewer GET     /sample.csv
			viewer GET     /ws
			viewer GET     /openapi/**
			viewer GET     /openapi.yaml
			viewer GET     /actuator
			viewer GET     /actuator/info
			viewer GET     /actuator/prometheus
			viewer GET     /ui/account
			viewer POST    /ui/account/password              -

			viewer GET     /upload/**
			viewer GET     /ui/uploads/**
			editor POST    /upload                           import.start
			editor POST    /upload/retry/{id}                import.go_on
			editor POST    /upload/stop/{id}                 import.stop
			editor POST    /upload/again/{id}                import.again
			editor POST    /upload/mapping/{id}              import.mapping
			editor POST    /ui/uploads                       import.start
			editor POST    /ui/uploads/{id}/stop             import.stop
			editor POST    /ui/uploads/{id}/go-on            import.go_on
			editor POST    /ui/uploads/{id}/again            import.again
			editor POST    /ui/uploads/{id}/mapping/**       import.mapping
			editor POST    /ui/uploads/{id}/**               import.change

			viewer GET     /jobs/**
			viewer GET     /ui/jobs/**
			editor POST    /jobs/{id}/restart                job.restart
			editor POST    /jobs/{id}/stop                   job.stop
			editor POST    /ui/jobs/{id}/restart             job.restart
			editor POST    /ui/jobs/{id}/go-on               job.restart
			editor POST    /ui/jobs/{id}/stop                job.stop

			viewer GET     /profiles/**
			viewer GET     /ui/profiles/**
			editor *       /profiles/**                      profile.change
			editor *       /ui/profiles/**                   profile.change

			admin  DELETE  /products                         products.delete_all
			admin  *       /ui/products/delete-all/**        products.delete_all
			viewer GET     /products/**
			viewer GET     /ui/products/**
			editor POST    /products                         product.create
			editor PUT     /products/{id}                    product.change
			editor PATCH   /products/{id}                    product.change
			editor DELETE  /products/{id}                    product.delete
			editor POST    /ui/products                      product.create
			editor POST    /ui/products/delete               products.delete
			editor POST    /ui/products/{id}/delete          product.delete
			editor POST    /ui/products/{id}                 product.change
			editor POST    /ui/products/{id}/active          product.change
			editor POST    /ui/products/{id}/row             product.change

			admin  GET     /webhooks/**
			admin  POST    /webhooks                         webhook.create
			admin  POST    /webhooks/test/{id}               webhook.test
			admin  POST    /webhooks/{id}/rotate-secret      webhook.rotate_secret
			admin  POST    /webhooks/deliveries/{id}/**      webhook.redeliver
			admin  POST    /webhooks/{id}/redeliver          webhook.redeliver
			admin  DELETE  /webhooks/{id}                    webhook.delete
			admin  *       /webhooks/**                      webhook.change
			admin  GET     /ui/webhooks/**
			admin  POST    /ui/webhooks                      webhook.create
			admin  POST    /ui/webhooks/{id}/delete          webhook.delete
			admin  POST    /ui/webhooks/{id}/test            webhook.test
			admin  POST    /ui/webhooks/{id}/secret          webhook.rotate_secret
			admin  POST    /ui/webhooks/deliveries/{id}/**   webhook.redeliver
			admin  *       /ui/webhooks/**                   webhook.change

			admin  GET     /schedules/**
			admin  POST    /schedules                        schedule.create
			admin  POST    /schedules/{id}/run               schedule.run
			admin  DELETE  /schedules/{id}                   schedule.delete
			admin  *       /schedules/**                     schedule.change
			admin  GET     /ui/schedules/**
			admin  POST    /ui/schedules                     schedule.create
			admin  POST    /ui/schedules/{id}/run            schedule.run
			admin  POST    /ui/schedules/{id}/delete         schedule.delete
			admin  *       /ui/schedules/**                  schedule.change

			admin  *       /users/**                         -
			admin  *       /ui/users/**                      -
			admin  *       /tokens/**                        -
			admin  *       /ui/tokens/**                     -
			admin  GET     /audit/**
			admin  GET     /ui/audit/**
			admin  GET     /ui/system
			""";

	private static final List<Rule> RULES = parse();

	private AccessRules() {
	}

	/** The rule of a call. */
	static Optional<Rule> of(HttpServletRequest request) {
		RequestPath path = ServletRequestPathUtils.hasParsedRequestPath(request)
				? ServletRequestPathUtils.getParsedRequestPath(request)
				: RequestPath.parse(request.getRequestURI(), request.getContextPath());
		return of(request.getMethod(), path.pathWithinApplication());
	}

	/**
	 * The rule of a call.
	 * @param path as MVC reads it: decoded, and without parameters of its segments
	 */
	static Optional<Rule> of(String method, PathContainer path) {
		String wanted = (method.equals("HEAD") || method.equals("OPTIONS")) ? "GET" : method;
		return RULES.stream()
			.filter((rule) -> rule.method().equals("*") || rule.method().equals(wanted))
			.filter((rule) -> rule.pattern().matches(path))
			.findFirst();
	}

	private static List<Rule> parse() {
		PathPatternParser parser = new PathPatternParser();
		List<Rule> rules = new ArrayList<>();
		for (String line : TABLE.lines().filter((text) -> !text.isBlank()).toList()) {
			List<String> words = List.of(StringUtils.tokenizeToStringArray(line, " "));
			String audit = (words.size() > 3 && !words.get(3).equals("-")) ? words.get(3) : null;
			Role role = words.get(0).equals("anyone") ? null : Role.of(words.get(0)).orElseThrow();
			rules.add(new Rule(role, words.get(1), parser.parse(words.get(2)), audit));
		}
		return List.copyOf(rules);
	}

	/**
	 * A line of the table.
	 *
	 * @param role {@code null}: nobody needs to sign in
	 * @param method {@code *}: any
	 * @param audit the name in the audit, or {@code null}
	 */
	record Rule(@Nullable Role role, String method, PathPattern pattern, @Nullable String audit) {
	}

}
