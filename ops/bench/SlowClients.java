import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Clients that send a byte every few seconds, uploads that are as quick as they can, and how
 * soon pages are answered meanwhile: {@code SlowClients PORT FILE TASK CONNECTIONS UPLOADS
 * SECONDS}. A third of the connections never ends its headers, a third sends the body of an
 * upload, a sixth a product as JSON, a sixth a form.
 */
class SlowClients {

	private static final String[] PAGES = { "/ui/uploads/%s", "/upload/status/%s", "/upload", "/" };

	private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);

	private final Map<String, List<Long>> millis = new ConcurrentHashMap<>();

	private final Map<String, Integer> failures = new ConcurrentHashMap<>();

	/** Of the slowest answer, in seconds from {@link #begin}. */
	private final Map<String, long[]> slowest = new ConcurrentHashMap<>();

	private volatile long begin = System.nanoTime();

	private final List<Slow> slow = new CopyOnWriteArrayList<>();

	private final int port;

	private final String task;

	SlowClients(int port, String task) {
		this.port = port;
		this.task = task;
	}

	public static void main(String[] args) throws Exception {
		new SlowClients(Integer.parseInt(args[0]), args[2]).run(Path.of(args[1]), Integer.parseInt(args[3]),
				Integer.parseInt(args[4]), Integer.parseInt(args[5]));
		System.exit(0);
	}

	private void run(Path file, int connections, int uploads, int seconds) throws Exception {
		warmUp();
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds + 10L);
		this.clock.scheduleAtFixedRate(this::fetch, 0, 200, TimeUnit.MILLISECONDS);
		TimeUnit.SECONDS.sleep(10);
		System.out.println("| page | answers | p50 ms | p95 | most | asked for at s | above 1 s | no 200 |\n|---|---|---|---|---|---|---|---|");
		printPages("nobody else");
		Kind[] kinds = { Kind.HEADERS, Kind.UPLOAD, Kind.HEADERS, Kind.UPLOAD, Kind.JSON, Kind.FORM };
		for (int i = 0; i < connections; i++) {
			this.slow.add(new Slow(this.port, kinds[i % kinds.length]));
		}
		this.clock.scheduleAtFixedRate(() -> this.slow.forEach(Slow::drip), 1, 3, TimeUnit.SECONDS);
		this.clock.scheduleAtFixedRate(() -> this.slow.forEach(Slow::listen), 500, 100, TimeUnit.MILLISECONDS);
		TimeUnit.SECONDS.sleep(5);
		Map<String, Integer> ends = upload(Files.readAllBytes(file), uploads, end);
		while (System.nanoTime() < end) {
			TimeUnit.MILLISECONDS.sleep(100);
		}
		printPages(connections + " slow");
		System.out.println("\nUploads of " + file.toFile().length() / 1024 + " KiB: " + ends);
		for (Kind kind : Kind.values()) {
			List<Slow> of = this.slow.stream().filter((one) -> one.kind == kind).toList();
			List<Long> kept = new ArrayList<>(
					of.stream().filter((one) -> one.closedAfter >= 0).map((one) -> one.closedAfter).toList());
			Collections.sort(kept);
			Map<String, Integer> answers = new TreeMap<>();
			of.forEach((one) -> answers.merge(one.answer.isEmpty() ? "none" : one.answer, 1, Integer::sum));
			System.out.println("Slow " + kind.words + ": " + of.size() + ", closed by the server: " + kept.size()
					+ (kept.isEmpty() ? ""
							: ", after " + percentile(kept, 50) + " s (p50), " + percentile(kept, 100) + " s (most)")
					+ "; answers: " + answers);
		}
	}

	/** What is compiled at the first request is not what is measured. */
	private void warmUp() throws Exception {
		for (int i = 0; i < 20; i++) {
			for (String page : PAGES) {
				HTTP.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + page.formatted(this.task)))
					.build(), HttpResponse.BodyHandlers.ofString());
			}
		}
	}

	private void fetch() {
		for (String page : PAGES) {
			String path = page.formatted(this.task);
			String shown = page.formatted("{id}");
			long start = System.nanoTime();
			HTTP.sendAsync(
					HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
						.timeout(Duration.ofSeconds(30))
						.build(),
					HttpResponse.BodyHandlers.ofString()).whenComplete((response, failure) -> {
						long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
						this.millis.computeIfAbsent(shown, (key) -> new CopyOnWriteArrayList<>()).add(took);
						this.slowest.merge(shown,
								new long[] { took, TimeUnit.NANOSECONDS.toSeconds(start - this.begin) },
								(one, other) -> (one[0] < other[0]) ? other : one);
						if (failure != null || response.statusCode() != 200) {
							this.failures.merge(shown, 1, Integer::sum);
						}
					});
		}
	}

	/** And begins anew. */
	private void printPages(String when) {
		for (String page : PAGES) {
			String shown = page.formatted("{id}");
			List<Long> times = new ArrayList<>(this.millis.getOrDefault(shown, List.of()));
			this.millis.remove(shown);
			Collections.sort(times);
			System.out.printf("| %s, %s | %d | %d | %d | %d | %d | %d | %d |%n", shown, when, times.size(),
					percentile(times, 50), percentile(times, 95), percentile(times, 100),
					this.slowest.getOrDefault(shown, new long[2])[1],
					times.stream().filter((time) -> time > 1000).count(), this.failures.getOrDefault(shown, 0));
			this.failures.remove(shown);
			this.slowest.remove(shown);
		}
		this.begin = System.nanoTime();
	}

	private static long percentile(List<Long> sorted, int percent) {
		return sorted.isEmpty() ? -1 : sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1);
	}

	/** All at once, each again when it is told to. */
	private Map<String, Integer> upload(byte[] content, int uploads, long end) throws Exception {
		byte[] head = ("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"parallel.csv\"\r\n\r\n")
			.getBytes(StandardCharsets.UTF_8);
		byte[] tail = "\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8);
		byte[] body = ByteBuffer.allocate(head.length + content.length + tail.length)
			.put(head)
			.put(content)
			.put(tail)
			.array();
		Map<String, Integer> ends = new ConcurrentHashMap<>();
		ExecutorService senders = Executors.newFixedThreadPool(uploads);
		for (int i = 0; i < uploads; i++) {
			senders.execute(() -> {
				String how = untilAccepted(body, end);
				ends.merge(how, 1, Integer::sum);
			});
		}
		senders.shutdown();
		senders.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
		return new TreeMap<>(ends);
	}

	private String untilAccepted(byte[] body, long end) {
		Map<String, Integer> refused = new TreeMap<>();
		while (System.nanoTime() < end) {
			try {
				HttpResponse<String> response = HTTP.send(
						HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/upload"))
							.header("Content-Type", "multipart/form-data; boundary=b")
							.timeout(Duration.ofSeconds(60))
							.POST(HttpRequest.BodyPublishers.ofByteArray(body))
							.build(),
						HttpResponse.BodyHandlers.ofString());
				if (response.statusCode() == 202) {
					return refused.isEmpty() ? "202 at once" : "202 after " + refused.keySet();
				}
				String after = response.headers().firstValue("Retry-After").orElse("");
				refused.merge(response.statusCode() + (after.isEmpty() ? "" : " with Retry-After"), 1, Integer::sum);
				TimeUnit.SECONDS.sleep(after.isEmpty() ? 1 : Integer.parseInt(after));
			}
			catch (IOException ex) {
				refused.merge(ex.getClass().getSimpleName(), 1, Integer::sum);
			}
			catch (InterruptedException ex) {
				break;
			}
		}
		return "never, after " + refused.keySet();
	}

	/** What a slow client doesn't come to an end with. */
	enum Kind {

		HEADERS("headers", "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "),

		UPLOAD("uploads", "POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\n"
				+ "Content-Length: 1000000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; "
				+ "filename=\"slow.csv\"\r\n\r\nsku,name\n"),

		JSON("products as JSON", "POST /products HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
				+ "Content-Length: 1000000\r\n\r\n{\"name\": \""),

		FORM("forms", "POST /ui/products HTTP/1.1\r\nHost: localhost\r\n"
				+ "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000000\r\n\r\nname=");

		private final String words;

		private final String begin;

		Kind(String words, String begin) {
			this.words = words;
			this.begin = begin;
		}

	}

	/** A connection that sends a byte every three seconds. */
	private static final class Slow {

		private final long start = System.nanoTime();

		private final SocketChannel channel;

		private final Kind kind;

		private volatile long closedAfter = -1;

		private volatile String answer = "";

		Slow(int port, Kind kind) throws IOException {
			this.kind = kind;
			this.channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
			this.channel.write(ByteBuffer.wrap(kind.begin.getBytes(StandardCharsets.UTF_8)));
			this.channel.configureBlocking(false);
		}

		void drip() {
			write();
			listen();
		}

		private void write() {
			if (this.closedAfter < 0) {
				try {
					this.channel.write(ByteBuffer.wrap(new byte[] { 'x' }));
				}
				catch (IOException ex) {
					closed();
				}
			}
		}

		void listen() {
			ByteBuffer read = ByteBuffer.allocate(4096);
			try {
				while (this.closedAfter < 0) {
					int length = this.channel.read(read.clear());
					if (length == 0) {
						return;
					}
					if (length < 0) {
						closed();
					}
					else if (this.answer.isEmpty()) {
						this.answer = new String(read.array(), 9, 3, StandardCharsets.US_ASCII);
					}
				}
			}
			catch (IOException ex) {
				closed();
			}
		}

		private void closed() {
			this.closedAfter = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - this.start);
			try {
				this.channel.close();
			}
			catch (IOException ex) {
				// closed it is
			}
		}

	}

}
