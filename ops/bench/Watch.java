import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Watches imports, for benchmarks. {@code subscribe PORT N}: N STOMP subscribers that read,
 * until killed; {@code stall PORT}: one that never reads; {@code pages PORT TASK FILE}:
 * fetches pages while the run goes on and appends {@code path milliseconds status} lines;
 * {@code lists PORT JOB FILE}: lists of products while a job of any kind goes on;
 * {@code idle PORT N FILE}: the same lists, N times each, while nothing does.
 */
class Watch {

	private static final String CONNECT = "CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\n\n\0";

	private static final String SUBSCRIBE = "SUBSCRIBE\nid:0\ndestination:/topic/uploads\n\n\0";

	private static final String[] LISTS = { "/products", "/products?size=500", "/products?page=2000", "/ui/products" };

	public static void main(String[] args) throws Exception {
		int port = Integer.parseInt(args[1]);
		switch (args[0]) {
			case "subscribe" -> subscribe(port, Integer.parseInt(args[2]));
			case "stall" -> stall(port);
			case "pages" -> fetch(port, args[2], Path.of(args[3]), "/upload/status/" + args[2], "/", "/products?page=1",
					"/ui/products", "/ui/uploads/" + args[2]);
			case "lists" -> fetch(port, args[2], Path.of(args[3]), "/jobs/" + args[2], LISTS);
			case "idle" -> idle(port, Integer.parseInt(args[2]), Path.of(args[3]));
			default -> throw new IllegalArgumentException(args[0]);
		}
	}

	private static void subscribe(int port, int count) throws Exception {
		HttpClient http = HttpClient.newHttpClient();
		AtomicLong messages = new AtomicLong();
		CountDownLatch connected = new CountDownLatch(count);
		for (int i = 0; i < count; i++) {
			http.newWebSocketBuilder()
				.subprotocols("v12.stomp")
				.buildAsync(URI.create("ws://localhost:" + port + "/ws"), new WebSocket.Listener() {
					@Override
					public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
						if (data.toString().startsWith("CONNECTED")) {
							socket.sendText(SUBSCRIBE, true);
							connected.countDown();
						}
						else if (last) {
							messages.incrementAndGet();
						}
						socket.request(1);
						return null;
					}
				})
				.join()
				.sendText(CONNECT, true)
				.join();
		}
		connected.await();
		System.out.println("READY");
		Runtime.getRuntime().addShutdownHook(new Thread(() -> System.err.println("messages: " + messages)));
		Thread.currentThread().join();
	}

	private static void stall(int port) throws Exception {
		try (Socket socket = new Socket()) {
			socket.setReceiveBufferSize(2048);
			socket.connect(new java.net.InetSocketAddress("localhost", port));
			OutputStream out = socket.getOutputStream();
			out.write(("GET /ws HTTP/1.1\r\nHost: localhost:" + port + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
					+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
					+ "Sec-WebSocket-Protocol: v12.stomp\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
			InputStream in = socket.getInputStream();
			StringBuilder head = new StringBuilder();
			while (head.indexOf("\r\n\r\n") < 0) {
				head.append((char) in.read());
			}
			if (!head.toString().startsWith("HTTP/1.1 101")) {
				throw new IOException(head.toString());
			}
			frame(out, CONNECT);
			frame(out, SUBSCRIBE);
			System.out.println("READY");
			Thread.currentThread().join();
		}
	}

	/** A masked text frame with a mask of zeros. */
	private static void frame(OutputStream out, String text) throws IOException {
		byte[] payload = text.getBytes(StandardCharsets.UTF_8);
		out.write(0x81);
		out.write(0x80 | payload.length);
		out.write(new byte[4]);
		out.write(payload);
		out.flush();
	}

	/** Fetches the pages in turn until the run has ended. */
	private static void fetch(int port, String task, Path file, String statusPath, String... paths) throws Exception {
		HttpClient http = HttpClient.newHttpClient();
		try (PrintWriter out = open(file)) {
			String status = "";
			while (!status.matches("(?s).*\"status\":\"(completed|failed|stopped)\".*")) {
				for (String path : paths) {
					timed(http, port, path, task, out);
				}
				status = timed(http, port, statusPath, task, out).replaceFirst("(?s)\"(attempts|steps)\":\\[.*", "");
				Thread.sleep(20);
			}
		}
	}

	private static void idle(int port, int times, Path file) throws Exception {
		HttpClient http = HttpClient.newHttpClient();
		try (PrintWriter out = open(file)) {
			for (int i = 0; i < times; i++) {
				for (String path : LISTS) {
					timed(http, port, path, "-", out);
				}
			}
		}
	}

	private static PrintWriter open(Path file) throws IOException {
		return new PrintWriter(Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
	}

	private static String timed(HttpClient http, int port, String path, String task, PrintWriter out) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
			.header("Accept", path.contains("/ui") || path.equals("/") ? "text/html" : "*/*")
			.build();
		long start = System.nanoTime();
		var response = http.send(request, BodyHandlers.ofString());
		out.println(path.replace(task, "{task_id}") + " " + (System.nanoTime() - start) / 1_000_000 + " "
				+ response.statusCode());
		return response.body();
	}

}
