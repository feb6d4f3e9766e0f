package productimporter.access;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

import productimporter.platform.RequestRefused;

/**
 * Refuses what a browser sends on behalf of another site, in both modes. A link from
 * elsewhere to a page may be followed; a program, which sends neither {@code Origin} nor
 * Fetch Metadata, passes.
 * <p>
 * In local mode it is all that stands between the application and every page the person
 * at this machine opens. So the name it is called by must be one of loopback, else a page
 * could give its own name this machine's address (DNS rebinding); and what came through a
 * proxy is refused, since it may have come from anywhere.
 */
final class BrowserRequests extends OncePerRequestFilter {

	private static final List<String> OF_PROXIES = List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host",
			"X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Forwarded-Server", "X-Real-IP", "Via");

	private static final Set<String> OWN = Set.of("same-origin", "none");

	private final boolean local;

	private final List<String> hosts;

	private final List<String> socketOrigins;

	private final Refusals refusals;

	/**
	 * Make the filter.
	 * @param hosts names by which the application may be called beside loopback's
	 * @param socketOrigins origins whose pages may open a WebSocket
	 */
	BrowserRequests(AccessMode mode, List<String> hosts, List<String> socketOrigins, Refusals refusals) {
		this.local = mode == AccessMode.LOCAL;
		this.hosts = hosts.stream().map((host) -> host.toLowerCase(Locale.ROOT)).toList();
		this.socketOrigins = socketOrigins;
		this.refusals = refusals;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		RequestRefused refused = refusal(request);
		if (refused == null) {
			chain.doFilter(request, response);
		}
		else {
			this.refusals.answer(request, response, refused);
		}
	}

	private @Nullable RequestRefused refusal(HttpServletRequest request) {
		String host = request.getHeader("Host");
		if (this.local) {
			for (String header : OF_PROXIES) {
				if (request.getHeader(header) != null) {
					return proxied(header);
				}
			}
		}
		if (host != null && !isOurName(name(host))) {
			return new RequestRefused(HttpStatus.FORBIDDEN, "host_unknown",
					"The application is not reached by the name " + host + ". "
							+ (this.local ? "Open it at http://localhost." : "Set importer.access.hosts to allow it."),
					"Host");
		}
		return isOfOtherSite(request, host) ? new RequestRefused(HttpStatus.FORBIDDEN, "cross_site",
				"This request was sent by a page of another site, so nothing was done. Open the application itself and try there.",
				null) : null;
	}

	private static RequestRefused proxied(String header) {
		return new RequestRefused(HttpStatus.FORBIDDEN, "proxied",
				"This request came through a proxy (it has the header " + header
						+ "), and in local mode there is no login that would protect the application. Set ADMIN_PASSWORD to at least "
						+ Passwords.SHORTEST + " characters and start it again, or open it directly.",
				null);
	}

	private boolean isOurName(String name) {
		if (this.hosts.contains(name)) {
			return true;
		}
		return this.local ? isLoopback(name) : this.hosts.isEmpty() || isLoopback(name);
	}

	/** Names that no page elsewhere can take. Nothing is looked up. */
	private static boolean isLoopback(String name) {
		if (name.equals("localhost") || name.endsWith(".localhost")) {
			return true;
		}
		if (!name.matches("127(\\.\\d{1,3}){3}") && !name.startsWith("[")) {
			return false;
		}
		try {
			return InetAddress.getByName(name).isLoopbackAddress();
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	private boolean isOfOtherSite(HttpServletRequest request, @Nullable String host) {
		String site = request.getHeader("Sec-Fetch-Site");
		String origin = request.getHeader("Origin");
		if (origin != null && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
				&& this.socketOrigins.contains(origin)) {
			return false;
		}
		if (site != null) {
			return !OWN.contains(site) && !isLinkToPage(request);
		}
		return origin != null && !isOrigin(origin, host, request.getScheme());
	}

	private static boolean isLinkToPage(HttpServletRequest request) {
		return request.getMethod().equals("GET") && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
				&& "document".equals(request.getHeader("Sec-Fetch-Dest"));
	}

	/**
	 * Whether a page of the origin is one of ours. The scheme is left out: behind a proxy
	 * that ends TLS it isn't known.
	 */
	private static boolean isOrigin(String origin, @Nullable String host, String scheme) {
		try {
			URI uri = URI.create(origin);
			if (uri.getAuthority() == null || uri.getScheme() == null || host == null) {
				return false;
			}
			String sent = uri.getAuthority().toLowerCase(Locale.ROOT);
			String ours = host.toLowerCase(Locale.ROOT);
			return sent.equals(ours) || withPort(sent, uri.getScheme()).equals(withPort(ours, scheme));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static String withPort(String authority, String scheme) {
		return name(authority).length() < authority.length() ? authority
				: authority + (scheme.equals("https") ? ":443" : ":80");
	}

	/** Without the port, in lower case. */
	private static String name(String authority) {
		int colon = authority.lastIndexOf(':');
		String name = (colon > authority.lastIndexOf(']')) ? authority.substring(0, colon) : authority;
		return name.toLowerCase(Locale.ROOT);
	}

}
