import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Receives webhooks, for benchmarks: {@code Receive PORT DIRECTORY}. {@code POST /N} is
 * receiver N; {@code GET /dump} writes the ids of products that each has been told, sorted,
 * to {@code DIRECTORY/N.CREATED|UPDATED} and answers with counts; {@code GET /forget} begins
 * anew.
 */
class Receive {

	private static final Pattern TYPE = Pattern.compile("\"type\":\"([a-z._]+)\"");

	private static final Pattern ID = Pattern.compile("\\{\"id\":\"([0-9a-f-]{36})\"");

	private final ConcurrentHashMap<String, Set<String>> ids = new ConcurrentHashMap<>();

	private final ConcurrentHashMap<String, AtomicLong> messages = new ConcurrentHashMap<>();

	private final Path directory;

	Receive(Path directory) {
		this.directory = directory;
	}

	public static void main(String[] args) throws Exception {
		Receive receive = new Receive(Path.of(args[1]));
		HttpServer server = HttpServer
			.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 100);
		server.createContext("/", receive::handle);
		server.setExecutor(Executors.newCachedThreadPool());
		server.start();
		System.out.println("READY");
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String path = exchange.getRequestURI().getPath();
			String answer = switch (path) {
				case "/dump" -> dump();
				case "/forget" -> forget();
				default -> take(path.substring(1),
						new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
			};
			byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(200, bytes.length);
			exchange.getResponseBody().write(bytes);
		}
	}

	private String take(String receiver, String body) {
		Matcher type = TYPE.matcher(body);
		String key = receiver + "." + (type.find() ? type.group(1) : "none");
		this.messages.computeIfAbsent(key, (unused) -> new AtomicLong()).incrementAndGet();
		Set<String> told = this.ids.computeIfAbsent(key, (unused) -> ConcurrentHashMap.newKeySet());
		Matcher id = ID.matcher(body);
		while (id.find()) {
			told.add(id.group(1));
		}
		return "ok";
	}

	private String dump() throws IOException {
		StringBuilder counts = new StringBuilder();
		for (String key : new TreeSet<>(this.ids.keySet())) {
			Set<String> sorted = new TreeSet<>(this.ids.get(key));
			Files.write(this.directory.resolve(key), sorted);
			counts.append(key).append(' ').append(this.messages.get(key)).append(' ').append(sorted.size()).append('\n');
		}
		return counts.toString();
	}

	private String forget() {
		this.ids.clear();
		this.messages.clear();
		return "forgotten";
	}

}
