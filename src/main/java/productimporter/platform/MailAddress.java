package productimporter.platform;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

/**
 * A mail address as a person types it: one mailbox, {@code local@domain}, without a name,
 * a comment, a route, an address literal or white space, so that nothing in it can become
 * a second recipient or a header.
 *
 * @param value up to 254 characters (RFC 5321, errata 1690)
 */
public record MailAddress(String value) {

	private static final int LONGEST = 254;

	private static final String NOT_PLAIN = "()<>[]:;,\"\\";

	/**
	 * Check an address.
	 * @throws IllegalArgumentException when it is not such an address
	 */
	public MailAddress {
		boolean plain = value.length() <= LONGEST
				&& value.codePoints().noneMatch((c) -> c <= ' ' || c >= 0x7f || NOT_PLAIN.indexOf(c) >= 0);
		if (!plain || value.indexOf('@') != value.lastIndexOf('@')) {
			throw new IllegalArgumentException("Not a mail address");
		}
		try {
			new InternetAddress(value, true);
		}
		catch (AddressException ex) {
			throw new IllegalArgumentException("Not a mail address", ex);
		}
	}

	/** The value; logs must not show it. */
	@Override
	public String toString() {
		return "a mail address";
	}

}
