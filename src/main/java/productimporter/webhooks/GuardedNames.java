package productimporter.webhooks;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks names up for the HTTP client, which connects to the addresses it gets here and to
 * no other: every one of them must be allowed. Nothing is looked up twice, so what is
 * checked is what is called.
 */
final class GuardedNames implements DnsResolver {

	private final AllowedAddresses allowed;

	private final NameService names;

	GuardedNames(AllowedAddresses allowed, NameService names) {
		this.allowed = allowed;
		this.names = names;
	}

	@Override
	public InetAddress[] resolve(String host) throws UnknownHostException {
		if (AllowedAddresses.isOddNumber(host)) {
			throw new AddressNotAllowed(host);
		}
		InetAddress[] addresses = this.names.lookUp(host);
		for (InetAddress address : addresses) {
			if (!this.allowed.allows(address)) {
				throw new AddressNotAllowed(host);
			}
		}
		return addresses;
	}

	@Override
	public String resolveCanonicalHostname(String host) {
		return host;
	}

	/** The system's, but in tests. */
	interface NameService {

		InetAddress[] lookUp(String host) throws UnknownHostException;

	}

	/** A name leads to an address that may not be called. */
	static final class AddressNotAllowed extends UnknownHostException {

		private AddressNotAllowed(String host) {
			super(host + " leads to an address that may not be called");
		}

	}

}
