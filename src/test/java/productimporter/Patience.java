package productimporter;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets every test that doesn't say how long it waits do so for a minute: how fast this
 * machine is is not what a test is about. Found by JUnit in META-INF/services.
 */
public final class Patience implements BeforeAllCallback {

	@Override
	public void beforeAll(ExtensionContext test) {
		Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
	}

}
