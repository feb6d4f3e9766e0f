package productimporter.webhooks;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

import productimporter.platform.FieldProblem;
import productimporter.platform.FieldsInvalid;

/**
 * Holds what someone wants a webhook to be to the rules.
 */
@Component
class WebhookRules {

	private static final int MAX_URL = 2048;

	private static final int MAX_NAME = 100;

	private final AllowedAddresses allowed;

	WebhookRules(AllowedAddresses allowed) {
		this.allowed = allowed;
	}

	/**
	 * Look at every field.
	 * @param name {@code null} or blank: the URL's host
	 * @param eventTypes as in JSON
	 * @param problems found already
	 * @throws FieldsInvalid with all problems, one a field
	 */
	Webhook.Fields check(@Nullable String name, @Nullable String url, List<String> eventTypes, String mode,
			boolean enabled, List<FieldProblem> problems) {
		List<FieldProblem> all = new ArrayList<>(problems);
		String address = url(url, all);
		String known = (name == null || name.isBlank()) ? host(address) : name.strip();
		if (known.length() > MAX_NAME || known.chars().anyMatch(Character::isISOControl)) {
			add(all, "name", "too_long", "must be a line of up to " + MAX_NAME + " characters");
		}
		Set<EventType> types = EnumSet.noneOf(EventType.class);
		for (String code : eventTypes) {
			EventType.choosable(code)
				.ifPresentOrElse(types::add, () -> add(all, "event_types", "event_type_unknown",
						"holds \"" + code + "\", which is none of " + codes()));
		}
		if (types.isEmpty()) {
			add(all, "event_types", "missing", "are missing: choose one or more of " + codes());
		}
		Mode way = Mode.find(mode).orElse(null);
		if (way == null) {
			add(all, "mode", "mode_unknown", "must be one of batched, individual, summary");
		}
		if (!all.isEmpty()) {
			throw new FieldsInvalid(all);
		}
		return new Webhook.Fields(known, address, List.copyOf(types), Objects.requireNonNull(way), enabled);
	}

	private String url(@Nullable String sent, List<FieldProblem> problems) {
		if (sent == null || sent.isBlank()) {
			add(problems, "url", "missing", "is missing: the address to call");
			return "";
		}
		String url = sent.strip();
		String wrong = wrong(url);
		if (wrong != null) {
			add(problems, "url", "url_invalid", wrong);
		}
		else if (this.allowed.refusesLiteral(unbracketed(URI.create(url).getHost()))) {
			add(problems, "url", "address_not_allowed",
					"leads to an address inside a network of ours, or is written in an odd form: only public addresses "
							+ "may be called" + (this.allowed.blocks().isEmpty() ? ""
									: ", and " + String.join(", ", this.allowed.blocks())));
		}
		return url;
	}

	private static @Nullable String wrong(String url) {
		if (url.length() > MAX_URL) {
			return "is too long: it may have up to " + MAX_URL + " characters";
		}
		try {
			URI uri = new URI(url);
			String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
			if (!scheme.equals("http") && !scheme.equals("https")) {
				return "must begin with http:// or https://";
			}
			if (uri.getRawUserInfo() != null || String.valueOf(uri.getRawAuthority()).contains("@")) {
				return "must not hold a user or a password: the signature tells who calls";
			}
			if (uri.getHost() == null) {
				return "has no host that can be called" + ascii(uri);
			}
			if (uri.getRawFragment() != null) {
				return "must not end in a #fragment";
			}
			return (uri.getPort() > 65535 || uri.getPort() == 0) ? "has a port that there isn't" : null;
		}
		catch (URISyntaxException ex) {
			return "is no URL: write it such as https://example.org/hooks/products";
		}
	}

	private static String ascii(URI uri) {
		try {
			String host = String.valueOf(uri.getRawAuthority()).replaceFirst(":\\d*$", "");
			String ascii = IDN.toASCII(host);
			return ascii.equals(host) ? "" : ": write it as " + ascii;
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

	private static String host(String url) {
		try {
			return Objects.requireNonNullElse(new URI(url).getHost(), "");
		}
		catch (URISyntaxException ex) {
			return "";
		}
	}

	static String unbracketed(String host) {
		return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
	}

	private static String codes() {
		return String.join(", ", EventType.CHOOSABLE.stream().map(EventType::code).toList());
	}

	private static void add(List<FieldProblem> problems, String field, String code, String message) {
		if (problems.stream().noneMatch((problem) -> field.equals(problem.field()))) {
			problems.add(new FieldProblem(field, code, message));
		}
	}

}
