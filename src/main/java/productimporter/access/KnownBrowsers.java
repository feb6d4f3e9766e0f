package productimporter.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

import productimporter.platform.SecretKey;

/**
 * Remembers in a cookie, under the secret key, that a user has signed in from a browser.
 * It lets nobody in; it only counts this browser's wrong passwords apart.
 */
@Component
@InProtectedMode
class KnownBrowsers {

	static final String COOKIE = "KNOWN_BROWSER";

	private static final Duration KEPT = Duration.ofDays(90);

	private final SecretKeySpec key;

	private final Clock clock;

	KnownBrowsers(SecretKey key, Clock clock) {
		this.key = new SecretKeySpec(key.derive("known browser"), "HmacSHA256");
		this.clock = clock;
	}

	void remember(String user, HttpServletRequest request, HttpServletResponse response) {
		String until = Long.toString(this.clock.instant().plus(KEPT).getEpochSecond());
		response.addHeader(HttpHeaders.SET_COOKIE,
				ResponseCookie.from(COOKIE, until + "." + sign(user, until))
					.httpOnly(true)
					.secure(request.isSecure())
					.sameSite("Strict")
					.path("/login")
					.maxAge(KEPT)
					.build()
					.toString());
	}

	boolean isKnown(String user, HttpServletRequest request) {
		Cookie cookie = WebUtils.getCookie(request, COOKIE);
		int dot = (cookie != null) ? cookie.getValue().indexOf('.') : -1;
		if (cookie == null || dot < 1) {
			return false;
		}
		String until = cookie.getValue().substring(0, dot);
		if (!until.matches("\\d{1,12}") || this.clock.instant().isAfter(Instant.ofEpochSecond(Long.parseLong(until)))) {
			return false;
		}
		return MessageDigest.isEqual(sign(user, until).getBytes(StandardCharsets.UTF_8),
				cookie.getValue().substring(dot + 1).getBytes(StandardCharsets.UTF_8));
	}

	private String sign(String user, String until) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(this.key);
			return Base64.getUrlEncoder()
				.withoutPadding()
				.encodeToString(mac.doFinal((until + " " + user).getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
