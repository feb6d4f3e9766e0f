package productimporter.platform;

import org.jspecify.annotations.Nullable;

/**
 * Where the database is and how to log in.
 *
 * @param url {@code jdbc:postgresql:…}
 * @param user {@code null} when the URL holds it or none is needed
 * @param password {@code null} when the URL holds it or none is needed
 */
record DatabaseAddress(String url, @Nullable String user, @Nullable String password) {

	/** Without anything secret: a URL may hold a password too. */
	@Override
	public String toString() {
		return "DatabaseAddress";
	}

}
