package productimporter.imports;

import java.util.UUID;

/**
 * A way to the subscribers of this node. Called by the one thread that publishes: neither
 * method may block.
 */
interface ProgressChannel {

	/** Whether anybody on this node wants to know of the run. */
	boolean wants(UUID run);

	/** The run's state has changed to this. */
	void send(ImportStatus status);

}
