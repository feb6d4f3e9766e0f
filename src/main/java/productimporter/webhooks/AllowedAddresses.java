package productimporter.webhooks;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.http.client.InetAddressFilter;

/**
 * Which addresses may be called: public ones, and those that this server's owner allows.
 * Everything that a request could reach inside our own network stays out: loopback,
 * private, link-local, shared, multicast and reserved addresses, also within IPv6
 * (mapped, compatible, translated, NAT64, 6to4). Immutable.
 */
final class AllowedAddresses {

	/** What Spring's filter takes for external, although it isn't. */
	private static final String[] NOT_PUBLIC_EITHER = { "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96", "3fff::/20",
			"5f00::/16" };

	static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1/128");

	/** What ends in a number is meant as an IPv4 address (WHATWG URL, 3.5). */
	private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?i)(?:.*\\.)?(?:0x[0-9a-f]*|\\d+)\\.?");

	private static final Pattern DOTTED = Pattern.compile("(?:(?:0|[1-9]\\d{0,2})\\.){3}(?:0|[1-9]\\d{0,2})");

	private final List<String> blocks;

	private final InetAddressFilter filter;

	/**
	 * Allow these besides public ones.
	 * @param blocks in CIDR notation
	 */
	AllowedAddresses(List<String> blocks) {
		this.blocks = List.copyOf(blocks);
		InetAddressFilter pub = InetAddressFilter.externalAddresses().andNot(NOT_PUBLIC_EITHER);
		this.filter = blocks.isEmpty() ? pub : pub.or(blocks.toArray(String[]::new));
	}

	boolean allows(InetAddress address) {
		return this.filter.matches(address);
	}

	/** Besides public ones; may be empty. */
	List<String> blocks() {
		return this.blocks;
	}

	/**
	 * Whether a host is written as an address, in whatever form, that may not be called.
	 * A name is not looked up.
	 */
	boolean refusesLiteral(String host) {
		InetAddress literal = literal(host);
		return isOddNumber(host) || (literal != null && !allows(literal));
	}

	/** An IPv4 address in one number, with fewer than four, in hex or in octal. */
	static boolean isOddNumber(String host) {
		return host.indexOf(':') < 0 && ENDS_IN_NUMBER.matcher(host).matches() && !DOTTED.matcher(host).matches();
	}

	private static @Nullable InetAddress literal(String host) {
		if (host.indexOf(':') < 0 && !DOTTED.matcher(host).matches()) {
			return null;
		}
		try {
			// no name, so nothing is looked up
			return InetAddress.getByName(host);
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

}
