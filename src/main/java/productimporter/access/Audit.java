package productimporter.access;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

import productimporter.platform.AuditLog;

/**
 * Writes the audit, and deletes what is older than it is kept.
 */
@Component
class Audit implements AuditLog {

	private static final Logger log = LoggerFactory.getLogger(Audit.class);

	private static final int LONGEST = 2000;

	private static final int DELETED_AT_ONCE = 5_000;

	private final AuditTable table;

	private final AccessMode mode;

	private final Duration keep;

	private final Clock clock;

	private final JsonMapper json;

	Audit(AuditTable table, AccessMode mode, AccessSettings settings, Clock clock, JsonMapper json) {
		this.table = table;
		this.mode = mode;
		this.keep = settings.auditKeep();
		this.clock = clock;
		this.json = json;
	}

	@Override
	public void record(String action, @Nullable String subject, Map<String, ?> details) {
		write(Actor.present(this.mode), action, subject, null, details);
	}

	/** A call that changes something, and how it was answered. */
	void called(Actor actor, String action, HttpServletRequest request, HttpServletResponse response) {
		write(actor, action, subject(request, response), response.getStatus(), query(request));
	}

	/** A call by someone who may not do that. */
	void refused(HttpServletRequest request, AccessRules.Rule rule) {
		if (rule.audit() != null) {
			write(Actor.of(request, this.mode), rule.audit(), null, HttpServletResponse.SC_FORBIDDEN, query(request));
		}
	}

	private void write(Actor actor, String action, @Nullable String subject, @Nullable Integer status,
			Map<String, ?> details) {
		String json = details.isEmpty() ? null : this.json.writeValueAsString(new TreeMap<>(details));
		this.table.insert(new AuditTable.Entry(0, this.clock.instant(), actor.name(), actor.via(), actor.address(),
				action, cut(subject), status, cut(json)));
	}

	private static Map<String, ?> query(HttpServletRequest request) {
		return (request.getQueryString() != null) ? Map.of("query", request.getQueryString()) : Map.of();
	}

	/** The id in the address, else that of what was made. */
	private static @Nullable String subject(HttpServletRequest request, HttpServletResponse response) {
		if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
				&& !variables.isEmpty()) {
			return String.valueOf(variables.values().iterator().next());
		}
		String location = response.getHeader("Location");
		String last = (location != null) ? location.substring(location.lastIndexOf('/') + 1) : "";
		return last.matches("[0-9a-f-]{36}") ? last : null;
	}

	private static @Nullable String cut(@Nullable String text) {
		String clean = (text != null) ? text.replace("\0", "") : null;
		return (clean != null && clean.length() > LONGEST) ? clean.substring(0, LONGEST) : clean;
	}

	/** Every hour; several nodes may do it at once. */
	@Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT5M")
	void forget() {
		int deleted;
		do {
			deleted = this.table.deleteBefore(this.clock.instant().minus(this.keep), DELETED_AT_ONCE);
			log.debug("{} entries of the audit were older than {}", deleted, this.keep);
		}
		while (deleted == DELETED_AT_ONCE);
	}

}
