package productimporter.imports;

/**
 * A place at which runs are executed, one after the other. There is one in the cluster
 * unless more runs are to be at work at once; each has a task of db-scheduler, and its
 * heartbeat is the lease of the run that is executed there.
 *
 * @param number from 1
 * @param count how many lanes there are, as this node has it
 */
record Lane(int number, int count) {

	/** What the task of the first lane is called. */
	static final String FIRST = "import-queue";

	/** What the task of another lane is called, but for its number. */
	static final String FURTHER = FIRST + "-";

	String task() {
		return (this.number == 1) ? FIRST : FURTHER + this.number;
	}

}
