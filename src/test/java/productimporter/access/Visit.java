package productimporter.access;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A browser that keeps cookies.
 */
final class Visit {

	private static final String FORM = "application/x-www-form-urlencoded";

	private final int port;

	private final Map<String, String> cookies = new LinkedHashMap<>();

	Visit(int port) {
		this.port = port;
	}

	RawRequest.Answer signIn(String name, String password, String... headers) {
		get("/login");
		return keep(request("POST", "/login").with(headers)
			.with(csrf())
			.body(FORM, "username=" + encode(name) + "&password=" + encode(password))
			.send());
	}

	RawRequest.Answer get(String path, String... headers) {
		return keep(request("GET", path).with(headers).send());
	}

	/** A form that a page of the application sends. */
	RawRequest.Answer post(String path, String... fields) {
		StringBuilder body = new StringBuilder();
		for (int i = 0; i < fields.length; i += 2) {
			body.append(body.isEmpty() ? "" : "&").append(fields[i]).append('=').append(encode(fields[i + 1]));
		}
		return keep(request("POST", path).with(csrf()).body(FORM, body.toString()).send());
	}

	/** With the cookies, without the CSRF token. */
	RawRequest request(String method, String path) {
		RawRequest request = new RawRequest(this.port, method, path);
		String all = this.cookies.entrySet()
			.stream()
			.map((cookie) -> cookie.getKey() + "=" + cookie.getValue())
			.collect(Collectors.joining("; "));
		return all.isEmpty() ? request : request.with("Cookie: " + all);
	}

	/** The header that scripts of a page send. */
	String csrf() {
		return "X-XSRF-TOKEN: " + this.cookies.get("XSRF-TOKEN");
	}

	String cookie(String name) {
		return this.cookies.get(name);
	}

	void forget(String cookie) {
		this.cookies.remove(cookie);
	}

	RawRequest.Answer keep(RawRequest.Answer answer) {
		for (String cookie : answer.headers("Set-Cookie")) {
			String pair = cookie.split(";", 2)[0];
			String value = pair.substring(pair.indexOf('=') + 1);
			String name = pair.substring(0, pair.indexOf('='));
			if (value.isEmpty() || cookie.contains("Max-Age=0")) {
				this.cookies.remove(name);
			}
			else {
				this.cookies.put(name, value);
			}
		}
		return answer;
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
