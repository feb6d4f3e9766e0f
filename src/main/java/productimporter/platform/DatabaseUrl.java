package productimporter.platform;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Reads {@code DATABASE_URL}, as hosting platforms give it or as JDBC wants it. No
 * message of its exceptions holds any part of the URL, since a password may be anywhere
 * in a URL that is wrong.
 */
final class DatabaseUrl {

	private static final String EXAMPLE = "Set DATABASE_URL to something like "
			+ "postgres://user:password@host:5432/database?sslmode=require (with % signs and the like in the "
			+ "password percent-encoded) or jdbc:postgresql://host:5432/database?user=…&password=…, or leave it "
			+ "out to use the embedded PostgreSQL.";

	// libpq's names and the driver's, where they differ.
	private static final Map<String, String> PARAMETERS = Map.of("application_name", "ApplicationName",
			"connect_timeout", "connectTimeout", "channel_binding", "channelBinding", "keepalives", "tcpKeepAlive",
			"target_session_attrs", "targetServerType");

	private static final Map<String, String> VALUES = Map.of("targetServerType=read-write", "targetServerType=primary",
			"tcpKeepAlive=1", "tcpKeepAlive=true", "tcpKeepAlive=0", "tcpKeepAlive=false");

	private DatabaseUrl() {
	}

	/**
	 * Read a URL.
	 * @param url {@code postgres:}, {@code postgresql:} or {@code jdbc:postgresql:}
	 * @throws StartupFailed when it can't be used
	 */
	static DatabaseAddress parse(String url) {
		String trimmed = url.strip();
		String scheme = trimmed.toLowerCase(Locale.ROOT);
		DatabaseAddress address;
		if (scheme.startsWith("jdbc:postgresql:")) {
			if (trimmed.substring(0, end(trimmed, '?')).contains("@")) {
				// The driver would log the password as a wrong port.
				throw bad("a jdbc: URL has user and password as parameters");
			}
			address = new DatabaseAddress(trimmed, null, null);
		}
		else if (scheme.startsWith("postgres://") || scheme.startsWith("postgresql://")) {
			address = parsePlatformUrl(trimmed.substring(trimmed.indexOf("//") + 2));
		}
		else {
			throw bad("it begins neither with postgres:// or postgresql:// nor with jdbc:postgresql:");
		}
		try {
			DriverManager.getDriver(address.url());
			return address;
		}
		catch (SQLException ex) {
			throw bad("the PostgreSQL driver does not understand it");
		}
	}

	private static DatabaseAddress parsePlatformUrl(String rest) {
		String place = rest.substring(0, end(rest, '?'));
		String query = rest.substring(Math.min(place.length() + 1, rest.length()));
		// The last one, so that an @ in a password that was not encoded does no harm.
		int at = place.lastIndexOf('@');
		String login = (at < 0) ? "" : place.substring(0, at);
		String server = place.substring(at + 1);
		int slash = server.indexOf('/');
		String database = (slash < 0) ? "" : decode(server.substring(slash + 1), "database");
		if (database.isEmpty()) {
			throw bad("it names no database (/database after the host)");
		}
		int colon = login.indexOf(':');
		String user = (colon < 0) ? login : login.substring(0, colon);
		String password = (colon < 0) ? null : decode(login.substring(colon + 1), "password");
		String url = "jdbc:postgresql://" + hosts(server.substring(0, slash)) + "/" + encode(database)
				+ parameters(query);
		return new DatabaseAddress(url, user.isEmpty() ? null : decode(user, "user"), password);
	}

	private static String hosts(String hosts) {
		List<String> result = new ArrayList<>();
		for (String host : hosts.split(",", -1)) {
			int colon = host.lastIndexOf(':');
			boolean hasPort = colon > host.lastIndexOf(']');
			String name = hasPort ? host.substring(0, colon) : host;
			if (name.isEmpty()) {
				throw bad("it names no host");
			}
			result.add(name + ":" + (hasPort ? port(host.substring(colon + 1)) : 5432));
		}
		return String.join(",", result);
	}

	private static int port(String port) {
		try {
			int number = Integer.parseInt(port);
			if (number > 0 && number < 65536) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// said below, without what it was
		}
		throw bad("its port is not a number from 1 to 65535");
	}

	private static String parameters(String query) {
		List<String> result = new ArrayList<>();
		for (String parameter : query.split("&", -1)) {
			int equals = parameter.indexOf('=');
			if (equals > 0) {
				String name = decode(parameter.substring(0, equals), "parameters");
				String value = decode(parameter.substring(equals + 1), "parameters");
				String ours = PARAMETERS.getOrDefault(name, name) + "=";
				result.add(VALUES.getOrDefault(ours + value, ours + encode(value)));
			}
		}
		return result.isEmpty() ? "" : "?" + String.join("&", result);
	}

	private static int end(String text, char delimiter) {
		int index = text.indexOf(delimiter);
		return (index < 0) ? text.length() : index;
	}

	private static String decode(String text, String part) {
		try {
			return StringUtils.uriDecode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			// Its message holds the text, so it must not be the cause.
			throw bad("its " + part + " is not percent-encoded well");
		}
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private static StartupFailed bad(String why) {
		return new StartupFailed("DATABASE_URL can't be used: " + why, EXAMPLE);
	}

	/**
	 * Take the server options out of a JDBC URL.
	 * @return the URL without them, and them, or {@code null}
	 */
	static Options splitOptions(String url) {
		int question = url.indexOf('?');
		if (question < 0) {
			return new Options(url, null);
		}
		List<String> kept = new ArrayList<>(List.of(url.substring(question + 1).split("&", -1)));
		String options = null;
		for (String parameter : List.copyOf(kept)) {
			if (parameter.startsWith("options=")) {
				options = decode(parameter.substring("options=".length()).replace('+', ' '), "options");
				kept.remove(parameter);
			}
		}
		return new Options(url.substring(0, question) + (kept.isEmpty() ? "" : "?" + String.join("&", kept)), options);
	}

	/**
	 * A JDBC URL and the server options that were in it.
	 *
	 * @param url without {@code options}
	 * @param options decoded, or {@code null}
	 */
	record Options(String url, @Nullable String options) {
	}

}
