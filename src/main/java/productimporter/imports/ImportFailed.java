package productimporter.imports;

/**
 * A run can't go on for a reason that trying again by itself would not mend. The message
 * tells a catalogue manager what is wrong, what it means for the data and what to do.
 */
public final class ImportFailed extends RuntimeException {

	private final String code;

	private final String message;

	private final boolean restartable;

	/**
	 * Fail a run.
	 * @param code a short name for programs, in snake_case
	 * @param message for people
	 * @param restartable whether the same run can go on once the cause is gone
	 */
	public ImportFailed(String code, String message, boolean restartable) {
		super(message);
		this.code = code;
		this.message = message;
		this.restartable = restartable;
	}

	@Override
	public String getMessage() {
		return this.message;
	}

	String code() {
		return this.code;
	}

	boolean restartable() {
		return this.restartable;
	}

}
