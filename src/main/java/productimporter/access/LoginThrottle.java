package productimporter.access;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import org.springframework.stereotype.Component;

/**
 * Slows down who guesses passwords, and nobody else. A user is never locked: what is
 * counted are wrong passwords of one address for one name, and of one address for all
 * names; a browser that this user has signed in from before (see {@link KnownBrowsers})
 * is counted apart, so that neither a stranger behind the same address nor one who tries
 * the owner's name can keep the owner out.
 */
@Component
@InProtectedMode
class LoginThrottle {

	/** Wrong passwords of one address for one name. */
	static final int FOR_NAME = 5;

	/** Wrong passwords of one address. */
	static final int FOR_ADDRESS = 30;

	static final Duration FULL_AGAIN = Duration.ofMinutes(15);

	private final Buckets names;

	private final Buckets addresses;

	LoginThrottle(Clock clock) {
		this.names = new Buckets(FOR_NAME, FULL_AGAIN, clock);
		this.addresses = new Buckets(FOR_ADDRESS, FULL_AGAIN, clock);
	}

	/**
	 * Before a password is looked at.
	 * @param known whether the user has signed in from this browser before
	 * @throws TooManyLogins when it shall not be looked at
	 */
	Attempt begin(String name, String address, boolean known) {
		String network = network(address);
		Attempt attempt = new Attempt(known ? List.of() : List.of(network), (known ? "known " : network + " ") + name);
		for (String key : attempt.addresses()) {
			refuse(this.addresses.take(key));
		}
		Duration wait = this.names.take(attempt.name());
		if (!wait.isZero()) {
			attempt.addresses().forEach(this.addresses::giveBack);
		}
		refuse(wait);
		return attempt;
	}

	/** The password was right: it counts for nothing. */
	void succeeded(Attempt attempt) {
		attempt.addresses().forEach(this.addresses::giveBack);
		this.names.giveBack(attempt.name());
	}

	/** How many wrong passwords are left after this one. */
	long left(Attempt attempt) {
		return this.names.left(attempt.name());
	}

	private static void refuse(Duration wait) {
		if (!wait.isZero()) {
			throw new TooManyLogins(wait);
		}
	}

	/** Whoever has one address of IPv6 has 2^64 of them. */
	private static String network(String address) {
		int groups = 0;
		for (int i = 0; i < address.length(); i++) {
			groups += (address.charAt(i) == ':') ? 1 : 0;
			if (groups == 4) {
				return address.substring(0, i);
			}
		}
		return address;
	}

	/** An attempt to sign in, and what it is counted under. */
	record Attempt(List<String> addresses, String name) {
	}

}
