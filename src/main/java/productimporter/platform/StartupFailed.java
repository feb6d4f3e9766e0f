package productimporter.platform;

/**
 * The application can't start for a reason that the person who starts it can remove.
 * Thrown while beans are made, it is shown as two short paragraphs without a stack trace.
 */
public final class StartupFailed extends RuntimeException {

	private final String action;

	/**
	 * Stop the start.
	 * @param what what is wrong; must not hold a password
	 * @param action what to do about it
	 */
	public StartupFailed(String what, String action) {
		super(what);
		this.action = action;
	}

	public String action() {
		return this.action;
	}

}
