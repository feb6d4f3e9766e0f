package productimporter.platform;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Shows a {@link StartupFailed}. Registered in {@code META-INF/spring.factories}.
 */
class StartupFailureAnalyzer extends AbstractFailureAnalyzer<StartupFailed> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, StartupFailed cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
	}

}
