package productimporter.access;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * In local mode keeps out what Spring Boot configures for logins and sessions, which
 * would ask for a login, and whose start would be for nothing. Registered in
 * {@code META-INF/spring.factories}.
 */
class NoLoginLocally implements AutoConfigurationImportFilter, EnvironmentAware {

	private boolean local;

	@Override
	public void setEnvironment(Environment environment) {
		this.local = AccessMode.of(environment) == AccessMode.LOCAL;
	}

	@Override
	public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
		boolean[] kept = new boolean[classes.length];
		for (int i = 0; i < classes.length; i++) {
			String name = classes[i];
			kept[i] = !this.local || name == null || !(name.startsWith("org.springframework.boot.security.")
					|| name.startsWith("org.springframework.boot.session."));
		}
		return kept;
	}

}
