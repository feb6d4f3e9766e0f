package productimporter.access;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What one user can do at once in protected mode, what proxies are believed, and STOMP.
 */
class ProtectedLimitsTests extends ProtectedTest {

	private static final String FIVE_WRONG = "wrong password";

	@Test
	void whoGuessesAPasswordIsSlowedDownAndTheOwnerIsNot() {
		makeUser("guessed", Role.VIEWER);
		Visit owner = signIn("guessed");
		Visit stranger = new Visit(this.port);
		for (int i = 0; i < LoginThrottle.FOR_NAME; i++) {
			assertThat(stranger.signIn("guessed", FIVE_WRONG).status()).isEqualTo(401);
		}
		RawRequest.Answer refused = stranger.signIn("guessed", PASSWORD);
		assertThat(refused.status()).isEqualTo(429);
		assertThat(refused.header("Retry-After").map(Integer::parseInt).orElseThrow()).isBetween(1, 900);
		assertThat(refused.body()).contains("Too many wrong passwords");
		RawRequest.Answer basic = request("GET", "/products").with(basic("guessed")).send();
		assertThat(basic.status()).isEqualTo(429);
		assertThat(basic.code()).isEqualTo("too_many_logins");
		assertThat(basic.header("Retry-After")).isPresent();
		assertThat(request("GET", "/products").from("127.0.0.9").with(basic("guessed")).send().status()).isEqualTo(200);
		owner.post("/logout");
		assertThat(owner.signIn("guessed", PASSWORD).status()).isEqualTo(303);
	}

	@Test
	void onlyTrustedProxiesAreBelieved() {
		String[] forwarded = { "X-Forwarded-For: 203.0.113.7", "X-Forwarded-Proto: https",
				"X-Forwarded-Host: shop.example.org", "Accept: text/html" };
		RawRequest.Answer stranger = request("GET", "/login").with(forwarded).send();
		assertThat(stranger.header("Strict-Transport-Security")).isEmpty();
		assertThat(stranger.head()).doesNotContain("; Secure");
		RawRequest.Answer proxy = request("GET", "/login").from("127.0.0.2").with(forwarded).send();
		assertThat(proxy.header("Strict-Transport-Security")).hasValue("max-age=31536000");
		assertThat(proxy.header("Set-Cookie").orElseThrow()).contains("; Secure");
		for (String address : List.of("127.0.0.2", "127.0.0.1")) {
			request("GET", "/users").from(address).with(forwarded).with(basic("nobody-of-" + address)).send();
		}
		assertThat(addressOf("nobody-of-127.0.0.2")).isEqualTo("203.0.113.7");
		assertThat(addressOf("nobody-of-127.0.0.1")).isEqualTo("127.0.0.1");
	}

	@Test
	void crossSiteIsRefusedForTheSignedInToo() {
		Visit editor = signIn(Role.EDITOR);
		for (String[] headers : new String[][] { { "Origin: https://evil.example" }, { "Origin: null" },
				{ "Sec-Fetch-Site: cross-site" }, { "Sec-Fetch-Site: same-site", "Origin: http://localhost:1" } }) {
			RawRequest.Answer form = editor.request("POST", "/ui/products")
				.with(editor.csrf())
				.with(headers)
				.body("application/x-www-form-urlencoded", "sku=cross&name=Cross&active=true")
				.send();
			assertThat(form.status()).isEqualTo(403);
			assertThat(form.code()).isEqualTo("cross_site");
		}
		String[] handshake = { "Upgrade: websocket", "Sec-WebSocket-Version: 13",
				"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==" };
		assertThat(editor.request("GET", "/ws")
			.upgrade()
			.with(handshake)
			.with("Origin: https://evil.example")
			.send()
			.status()).isEqualTo(403);
		assertThat(editor.request("GET", "/")
			.with("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe")
			.send()
			.status()).isEqualTo(403);
		assertThat(editor.get("/").header("Content-Security-Policy").orElseThrow()).contains("frame-ancestors 'none'");
		// a page that takes another name for this server has no cookie of it
		RawRequest.Answer rebound = request("GET", "/products").with("Host: evil.example").send();
		assertThat(rebound.status()).isEqualTo(401);
	}

	@Test
	void oneUserSendsAFewFilesAtOnce() throws IOException {
		String bearer = "Authorization: Bearer " + this.tokens.create("uploads", "editor", null, "test").shown();
		String other = "Authorization: Bearer " + this.tokens.create("other uploads", "editor", null, "test").shown();
		List<Socket> slow = new ArrayList<>();
		try {
			slow.add(half(bearer));
			slow.add(half(bearer));
			await().until(() -> upload(bearer).status() == 429);
			RawRequest.Answer refused = upload(bearer);
			assertThat(refused.code()).isEqualTo("too_many_uploads");
			assertThat(refused.header("Retry-After")).hasValue("5");
			assertThat(upload(other).status()).isEqualTo(202);
		}
		finally {
			for (Socket socket : slow) {
				socket.close();
			}
		}
		await().until(() -> upload(bearer).status() == 202);
	}

	@Test
	void oneUserWatchesAFewStreams() throws IOException {
		makeUser("watcher", Role.EDITOR);
		Visit visit = signIn("watcher");
		String run = upload("Authorization: Bearer " + this.tokens.create("streams", "editor", null, "test").shown())
			.header("Location")
			.orElseThrow()
			.replaceAll(".*/", "");
		this.jdbc.sql("INSERT INTO import_run (id, upload_id, status, queued_at, next_attempt_at) SELECT "
				+ "'00000000-0000-7000-8000-0000000000aa', upload_id, 'needs_input', now(), now() FROM import_run WHERE id = ?::uuid")
			.param(run)
			.update();
		this.jdbc.sql(
				"INSERT INTO import_progress (run_id, epoch, updated_at) VALUES ('00000000-0000-7000-8000-0000000000aa', 0, now())")
			.update();
		String path = "/upload/progress/00000000-0000-7000-8000-0000000000aa";
		String cookie = "Cookie: SESSION=" + visit.cookie("SESSION");
		List<Socket> streams = List.of(stream(path, cookie), stream(path, cookie));
		RawRequest.Answer refused = request("GET", path).with(cookie).send();
		assertThat(refused.status()).isEqualTo(429);
		assertThat(refused.code()).isEqualTo("too_many_streams");
		for (Socket socket : streams) {
			socket.setSoLinger(true, 0);
			socket.close();
		}
		this.jdbc.sql(
				"UPDATE import_run SET status = 'stopped', finished_at = now() WHERE id = '00000000-0000-7000-8000-0000000000aa'")
			.update();
	}

	@Test
	void connectNeedsTheCsrfTokenWhereACookieLetsIn() throws Exception {
		Visit viewer = signIn(Role.VIEWER);
		String cookies = "SESSION=" + viewer.cookie("SESSION") + "; XSRF-TOKEN=" + viewer.cookie("XSRF-TOKEN");
		String token = viewer.cookie("XSRF-TOKEN");
		assertThat(connect("Cookie", cookies, "")).startsWith("ERROR")
			.contains("CONNECT needs the header X-XSRF-TOKEN");
		assertThat(connect("Cookie", cookies, "X-XSRF-TOKEN:guessed\n")).startsWith("ERROR");
		assertThat(connect("Cookie", "SESSION=" + viewer.cookie("SESSION"), "X-XSRF-TOKEN:\n")).startsWith("ERROR");
		assertThat(connect("Cookie", cookies, "X-XSRF-TOKEN:" + token + "\n")).startsWith("CONNECTED");
		String bearer = this.tokens.create("socket", "viewer", null, "test").shown();
		assertThat(connect("Authorization", "Bearer " + bearer, "")).startsWith("CONNECTED");
		assertThat(connect("Authorization", basic("the-viewer").substring("Authorization: ".length()), ""))
			.startsWith("CONNECTED");
		assertThatThrownBy(() -> connect("X-Nothing", "none", "")).hasStackTraceContaining("401");
		assertThatThrownBy(() -> connect("Authorization", "Bearer pi_wrong", "")).hasStackTraceContaining("401");
	}

	@Test
	void oneUserHasAFewConnections() throws Exception {
		String bearer = "Bearer " + this.tokens.create("sockets", "viewer", null, "test").shown();
		List<Listener> listeners = new ArrayList<>();
		List<WebSocket> open = new ArrayList<>();
		for (int i = 0; i < 9; i++) {
			Listener listener = new Listener();
			listeners.add(listener);
			open.add(socket("Authorization", bearer, listener));
		}
		assertThat(listeners.get(8).closed.get(10, TimeUnit.SECONDS)).isEqualTo(1013);
		assertThat(listeners.get(0).closed).isNotDone();
		open.forEach(WebSocket::abort);
	}

	private String connect(String header, String value, String more) throws Exception {
		Listener listener = new Listener();
		WebSocket socket = socket(header, value, listener);
		socket.sendText("CONNECT\naccept-version:1.2\nhost:localhost\n" + more + "\n\0", true).join();
		String frame = listener.first.get(10, TimeUnit.SECONDS);
		socket.abort();
		return frame;
	}

	private WebSocket socket(String header, String value, Listener listener) {
		try {
			return HttpClient.newHttpClient()
				.newWebSocketBuilder()
				.header(header, value)
				.buildAsync(URI.create("ws://127.0.0.1:" + this.port + "/ws"), listener)
				.join();
		}
		catch (CompletionException ex) {
			String why = (ex.getCause() instanceof WebSocketHandshakeException refused)
					? "refused with " + refused.getResponse().statusCode() : "failed";
			throw new IllegalStateException(why, ex);
		}
	}

	private Socket half(String bearer) throws IOException {
		Socket socket = new Socket("127.0.0.1", this.port);
		socket.getOutputStream()
			.write(("POST /upload HTTP/1.1\r\nHost: localhost\r\n" + bearer
					+ "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000\r\n\r\n--b\r\n")
				.getBytes(StandardCharsets.UTF_8));
		socket.getOutputStream().flush();
		return socket;
	}

	private RawRequest.Answer upload(String bearer) {
		return request("POST", "/upload").with(bearer)
			.body("multipart/form-data; boundary=b",
					"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nsku,name\na,A\n\r\n--b--\r\n")
			.send();
	}

	private Socket stream(String path, String cookie) throws IOException {
		Socket socket = new Socket("127.0.0.1", this.port);
		socket.setSoTimeout(10_000);
		socket.getOutputStream()
			.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + cookie + "\r\n\r\n")
				.getBytes(StandardCharsets.UTF_8));
		byte[] head = socket.getInputStream().readNBytes(12);
		assertThat(new String(head, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 200");
		return socket;
	}

	private static String basic(String name) {
		return "Authorization: Basic "
				+ Base64.getEncoder().encodeToString((name + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
	}

	private String addressOf(String name) {
		return this.jdbc.sql("SELECT address FROM audit_entry WHERE action = 'login.failed' AND subject = ?")
			.param(name)
			.query(String.class)
			.single();
	}

	private static final class Listener implements WebSocket.Listener {

		private final CompletableFuture<String> first = new CompletableFuture<>();

		private final CompletableFuture<Integer> closed = new CompletableFuture<>();

		@Override
		public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			this.first.complete(data.toString());
			socket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
			this.closed.complete(code);
			return null;
		}

	}

}
