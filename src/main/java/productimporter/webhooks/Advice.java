package productimporter.webhooks;

/**
 * What to do about an answer, in a sentence or two.
 */
final class Advice {

	private Advice() {
	}

	static String on(Outcome outcome) {
		if (outcome.success()) {
			return "The receiver takes events.";
		}
		String error = String.valueOf(outcome.error());
		return switch (error) {
			case Outcome.NAME -> "There is no such host. Check the address for a typing mistake.";
			case Outcome.ADDRESS ->
				"The host leads to an address inside a network of ours, which is not called. Use a public address, or "
						+ "have whoever runs this server allow it (importer.webhooks.allowed-addresses).";
			case Outcome.REFUSED -> "Nothing listens at this address and port. Start the receiver, or check the port.";
			case Outcome.CONNECT_TIMEOUT -> "The host did not take the connection. A firewall may stand between.";
			case Outcome.TIMEOUT ->
				"The receiver took the call but did not answer in full. It should answer at once and work afterwards.";
			case Outcome.TLS -> "No secure connection could be made. Check the receiver's certificate, or the scheme.";
			case Outcome.REDIRECT -> "The receiver sends us elsewhere, which we don't follow. Enter the final address.";
			case Outcome.STATUS -> onStatus((outcome.status() != null) ? outcome.status() : 0);
			default -> "The connection broke before the answer was there. The receiver's log may say why.";
		};
	}

	private static String onStatus(int status) {
		return switch (status) {
			case 401, 403 ->
				"The receiver does not accept the call. Check the secret that it verifies signatures with.";
			case 404, 405 -> "The host answers, but takes no events at this path. Check the address.";
			case 410 -> "The receiver wants no more events. A real event would switch this webhook off.";
			case 429 -> "The receiver has too much to do. Events are sent more slowly.";
			default -> (status >= 500)
					? "The address answers, but says it can't take events now. That is for whoever runs it to repair."
					: "The receiver does not accept the event. Its log may say why.";
		};
	}

}
