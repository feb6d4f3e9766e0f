package productimporter.access;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Who can reach the application at all. There is no third mode.
 */
enum AccessMode {

	/** This machine only, without a login. */
	LOCAL,

	/** Everybody signs in. */
	PROTECTED;

	static final String ADMIN_PASSWORD = "importer.access.admin-password";

	/**
	 * The mode that the settings ask for: protected as soon as the application listens on
	 * anything but loopback, or an admin's password is given.
	 */
	static AccessMode of(Environment environment) {
		return (listensOnLoopback(environment) && !StringUtils.hasText(environment.getProperty(ADMIN_PASSWORD))) ? LOCAL
				: PROTECTED;
	}

	static boolean listensOnLoopback(Environment environment) {
		String address = environment.getProperty("server.address");
		if (!StringUtils.hasText(address)) {
			return false;
		}
		try {
			return InetAddress.getByName(address).isLoopbackAddress();
		}
		catch (UnknownHostException ex) {
			// the server says so itself when it can't bind
			return false;
		}
	}

}
