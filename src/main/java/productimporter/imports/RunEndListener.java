package productimporter.imports;

/**
 * Is told of the end of every run, inside the transaction that ends it: what is written
 * there is committed with the end or not at all. There may be several. What throws keeps
 * the run from ending, so that it is tried again.
 */
public interface RunEndListener {

	/**
	 * An import has ended. One that failed or was stopped may go on later, and end again.
	 */
	void ended(EndedRun run);

	/**
	 * A bulk delete has ended; likewise.
	 */
	default void ended(EndedDelete delete) {
	}

}
