package productimporter.platform;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Writes down who did what. Calls by HTTP that change something are written down by
 * themselves; this is for what says more, or comes another way.
 */
public interface AuditLog {

	/**
	 * Writes down an act of the present request's user, or of the application itself
	 * where there is none; in the surrounding transaction, if there is one.
	 * @param action what was done, two names in snake_case with a dot between, such as
	 * {@code user.create}
	 * @param subject the id or name of what it was done to, or {@code null}
	 * @param details further values, no secrets
	 */
	void record(String action, @Nullable String subject, Map<String, ?> details);

}
