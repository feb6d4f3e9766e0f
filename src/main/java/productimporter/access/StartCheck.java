package productimporter.access;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

import productimporter.platform.StartupFailed;

/**
 * Refuses to start where others could reach what isn't protected, before anything else is
 * begun.
 */
final class StartCheck implements BeanFactoryPostProcessor, PriorityOrdered {

	private static final Logger log = LoggerFactory.getLogger(StartCheck.class);

	private final Environment environment;

	StartCheck(Environment environment) {
		this.environment = environment;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
		String password = this.environment.getProperty(AccessMode.ADMIN_PASSWORD, "");
		String address = this.environment.getProperty("server.address", "every address");
		if (AccessMode.of(this.environment) == AccessMode.LOCAL) {
			log.info("Local mode: no login, reachable from this machine only, at {}", address);
			return;
		}
		boolean open = !AccessMode.listensOnLoopback(this.environment);
		if (open && !StringUtils.hasText(password)) {
			throw new StartupFailed(
					"ADMIN_PASSWORD is not set, and others could reach the application: it would listen on " + address,
					"Set ADMIN_PASSWORD to at least " + Passwords.SHORTEST
							+ " characters, or leave out SERVER_ADDRESS to listen on 127.0.0.1 only.");
		}
		if (password.length() < Passwords.SHORTEST) {
			throw new StartupFailed("ADMIN_PASSWORD has fewer than " + Passwords.SHORTEST + " characters",
					"Set it to at least " + Passwords.SHORTEST + " characters.");
		}
		if (Passwords.isTooLong(password)) {
			throw new StartupFailed("ADMIN_PASSWORD is longer than " + Passwords.LONGEST + " bytes",
					"Set it to at most " + Passwords.LONGEST + " bytes; a long sentence is enough.");
		}
		if (open && !StringUtils.hasText(this.environment.getProperty("importer.secret-key"))) {
			throw new StartupFailed("SECRET_KEY is not set, and the application would listen on " + address,
					"Set it to a long random text, the same on every node, for example that of: openssl rand -base64 32");
		}
		log.info("Protected mode: everybody signs in; listening on {}", address);
	}

}
