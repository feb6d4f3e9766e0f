package productimporter.webhooks;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the client of webhooks connects to, how long it waits and how much it reads.
 */
class SenderTests {

	private static final WebhookSettings SETTINGS = settings(Duration.ofSeconds(15));

	private final Receiver receiver = new Receiver();

	@AfterEach
	void close() {
		this.receiver.close();
	}

	@Test
	void theDefaultsAreThreeSecondsToConnectAndFifteenInAll() {
		assertThat(new Binder(List.of()).bindOrCreate("importer.webhooks", WebhookSettings.class))
			.satisfies((defaults) -> {
				assertThat(defaults.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
				assertThat(defaults.totalTimeout()).isEqualTo(Duration.ofSeconds(15));
				assertThat(defaults.allowedAddresses()).isNull();
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "127.1.2.3", "[::1]", "localhost", "0.0.0.0", "[::]", "2130706433",
			"0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "017700000001", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
			"[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "169.254.169.254",
			"10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1", "192.0.0.8", "198.18.0.1", "224.0.0.1", "240.0.0.1",
			"255.255.255.255", "[fe80::1]", "[fc00::1]", "[fd12::1]", "[ff02::1]", "[2001:db8::1]", "private.example",
			"mixed.example", "metadata.example", "mapped.example" })
	void noAddressOfOursIsConnectedToByWhateverName(String host) throws Exception {
		try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("::"));
				Sender sender = new Sender(SETTINGS, new AllowedAddresses(List.of()), SenderTests::names,
						Clock.systemUTC())) {
			AtomicInteger connections = countConnections(socket);
			Outcome outcome = send(sender, "http://" + host + ":" + socket.getLocalPort() + "/");
			assertThat(outcome.error()).isEqualTo(Outcome.ADDRESS);
			assertThat(connections).hasValue(0);
			// it would have been heard of
			new Socket(InetAddress.getLoopbackAddress(), socket.getLocalPort()).close();
			WebhooksTest.await().until(() -> connections.get() == 1);
		}
	}

	@Test
	void aNameThatLeadsElsewhereTheSecondTimeIsRefusedThen() throws Exception {
		AtomicInteger lookUps = new AtomicInteger();
		// 127.0.0.2 stands for a public address
		try (Sender sender = new Sender(SETTINGS, new AllowedAddresses(List.of("127.0.0.2/32")),
				(host) -> new InetAddress[] {
						InetAddress.getByName((lookUps.getAndIncrement() == 0) ? "127.0.0.2" : "127.0.0.1") },
				Clock.systemUTC())) {
			HttpServer open = HttpServer.create(new InetSocketAddress("127.0.0.2", this.receiver.port()), 10);
			open.createContext("/", (exchange) -> {
				exchange.getResponseHeaders().set("Connection", "close");
				Receiver.answer(exchange, 200, "");
				exchange.close();
			});
			open.start();
			try {
				String url = "http://rebinding.example:" + this.receiver.port() + "/";
				assertThat(send(sender, url).success()).isTrue();
				assertThat(send(sender, url).error()).isEqualTo(Outcome.ADDRESS);
				assertThat(this.receiver.messages()).isEmpty();
			}
			finally {
				open.stop(0);
			}
		}
	}

	@Test
	void aRedirectIsNotFollowed() throws Exception {
		try (Receiver inside = new Receiver(); Sender sender = sender(SETTINGS)) {
			for (int status : List.of(301, 302, 303, 307, 308)) {
				this.receiver.answers((exchange, number) -> {
					exchange.getResponseHeaders().set("Location", inside.url());
					Receiver.answer(exchange, status, "");
				});
				Outcome outcome = send(sender, this.receiver.url());
				assertThat(outcome.error()).isEqualTo(Outcome.REDIRECT);
				assertThat(outcome.status()).isEqualTo(status);
			}
			assertThat(inside.messages()).isEmpty();
		}
	}

	@Test
	void aBodyThatDripsForEverEndsWithTheTotalTimeout() throws Exception {
		CountDownLatch over = new CountDownLatch(1);
		this.receiver.answers((exchange, number) -> {
			exchange.sendResponseHeaders(200, 0);
			try (OutputStream body = exchange.getResponseBody()) {
				for (int i = 0; i < 100_000; i++) {
					body.write('.');
					body.flush();
					// the drip itself: the receiver's doing, nothing waits for it
					TimeUnit.MILLISECONDS.sleep(20);
				}
			}
			catch (IOException ex) {
				over.countDown();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		try (Sender sender = sender(settings(Duration.ofSeconds(3)))) {
			Outcome outcome = send(sender, this.receiver.url());
			assertThat(outcome.error()).isEqualTo(Outcome.TIMEOUT);
			assertThat(outcome.status()).isEqualTo(200);
			assertThat(outcome.millis()).isGreaterThanOrEqualTo(3_000);
			assertThat(outcome.body()).startsWith("..");
			assertThat(over.await(20, TimeUnit.SECONDS)).as("the connection is given up").isTrue();
		}
	}

	@Test
	void neitherHeadersThatDripNorSilenceHoldACallLonger() throws Exception {
		try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				Sender sender = sender(settings(Duration.ofMillis(500)))) {
			countConnections(socket);
			assertThat(send(sender, "http://127.0.0.1:" + socket.getLocalPort() + "/").error())
				.isEqualTo(Outcome.TIMEOUT);
		}
	}

	@Test
	void ofAnEndlessBodyOnlyTheBeginningIsRead() throws Exception {
		long size = 1L << 30;
		AtomicLong written = new AtomicLong();
		CountDownLatch over = new CountDownLatch(1);
		this.receiver.answers((exchange, number) -> {
			exchange.sendResponseHeaders(200, size);
			byte[] some = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
			try {
				while (written.get() < size) {
					exchange.getResponseBody().write(some);
					written.addAndGet(some.length);
				}
			}
			catch (IOException ex) {
				over.countDown();
				throw ex;
			}
		});
		try (Sender sender = sender(SETTINGS)) {
			Outcome outcome = send(sender, this.receiver.url());
			assertThat(outcome.success()).isTrue();
			assertThat(outcome.body()).hasSize(2048);
			assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
			// what the sockets' buffers took
			assertThat(written.get()).isLessThan(32L << 20);
		}
	}

	@Test
	void whatWentWrongIsTold() throws Exception {
		int closed;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			closed = socket.getLocalPort();
		}
		try (Sender sender = sender(SETTINGS)) {
			assertThat(send(sender, "http://127.0.0.1:" + closed + "/").error()).isEqualTo(Outcome.REFUSED);
			assertThat(send(sender, "http://nowhere.example/").error()).isEqualTo(Outcome.NAME);
			try (ServerSocket noTls = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
				CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> answerInPlainText(noTls));
				assertThat(send(sender, "https://127.0.0.1:" + noTls.getLocalPort() + "/").error())
					.isEqualTo(Outcome.TLS);
				answered.get(10, TimeUnit.SECONDS);
			}
			this.receiver.answers(500);
			assertThat(send(sender, this.receiver.url()).error()).isEqualTo(Outcome.STATUS);
			this.receiver.answers((exchange, number) -> Receiver.answer(exchange, 200, "a\0b\uFFFF"));
			assertThat(send(sender, this.receiver.url()).body()).isEqualTo("a\uFFFDb\uFFFF");
			this.receiver.answers(204);
			assertThat(send(sender, this.receiver.url()).success()).isTrue();
		}
	}

	private static Sender sender(WebhookSettings settings) {
		return new Sender(settings, new AllowedAddresses(AllowedAddresses.LOOPBACK), SenderTests::names,
				Clock.systemUTC());
	}

	private static Outcome send(Sender sender, String url) throws Exception {
		CompletableFuture<Outcome> outcome = sender.send(url, Map.of("webhook-id", "1"), "{}");
		return outcome.get(30, TimeUnit.SECONDS);
	}

	private static void answerInPlainText(ServerSocket server) {
		try (Socket socket = server.accept()) {
			socket.getInputStream().read();
			socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static AtomicInteger countConnections(ServerSocket socket) {
		AtomicInteger connections = new AtomicInteger();
		Thread thread = new Thread(() -> {
			try {
				while (true) {
					socket.accept();
					connections.incrementAndGet();
				}
			}
			catch (IOException ex) {
				// closed
			}
		});
		thread.setDaemon(true);
		thread.start();
		return connections;
	}

	/** Names that only this test knows; nothing is asked outside. */
	private static InetAddress[] names(String host) throws UnknownHostException {
		return switch (host) {
			case "private.example" -> addresses("10.1.2.3");
			case "mixed.example" -> addresses("8.8.8.8", "127.0.0.1");
			case "metadata.example" -> addresses("169.254.169.254");
			case "mapped.example" -> addresses("::ffff:10.0.0.1");
			case "nowhere.example" -> throw new UnknownHostException(host);
			default -> InetAddress.getAllByName(host);
		};
	}

	private static InetAddress[] addresses(String... texts) throws UnknownHostException {
		InetAddress[] addresses = new InetAddress[texts.length];
		for (int i = 0; i < texts.length; i++) {
			addresses[i] = InetAddress.getByName(texts[i]);
		}
		return addresses;
	}

	private static WebhookSettings settings(Duration total) {
		return new WebhookSettings(true, null, 50, Duration.ofSeconds(3), total, Duration.ofSeconds(10),
				Duration.ofMinutes(5), Duration.ofSeconds(3), 4, Duration.ofSeconds(10));
	}

}
