package productimporter.imports;

import java.util.UUID;

/**
 * Another node has taken the run over: whoever gets this must not write for the run any
 * more.
 */
public final class LeaseLost extends RuntimeException {

	private LeaseLost(String message) {
		super(message);
	}

	static LeaseLost ofRun(UUID run, long epoch) {
		return new LeaseLost("Run " + run + " is not ours any more (epoch " + epoch + " has passed)");
	}

}
