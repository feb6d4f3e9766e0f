package productimporter.platform;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;

/**
 * Whether a disk is full: known by what the operating system or PostgreSQL says.
 */
public final class DiskFull {

	/**
	 * PostgreSQL's class 53, "insufficient resources".
	 */
	private static final String SQL_STATE = "53100";

	private DiskFull() {
	}

	/**
	 * Whether a file could not be written for want of room.
	 * @param failure its message is the operating system's, in its language: where that
	 * isn't English this may be {@code false} for a disk that is full
	 */
	public static boolean isCauseOf(IOException failure) {
		String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
		return message.contains("no space left") || message.contains("quota exceeded")
				|| message.contains("not enough space");
	}

	/**
	 * Whether a statement failed because the database server has no room left.
	 */
	public static boolean isCauseOf(SQLException failure) {
		return SQL_STATE.equals(failure.getSQLState());
	}

}
