package productimporter.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import productimporter.Catalogue;
import productimporter.ImporterClient;
import productimporter.ImporterProcess;
import productimporter.TestDatabases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two nodes behind a real nginx with {@code ops/nginx/product-importer.conf}.
 */
class BehindNginxTests {

	private static final String PASSWORD = "a password behind nginx";

	private static final String SECRET_KEY = Base64.getEncoder().encodeToString(new byte[32]);

	private static final Path NGINX = Path.of("/usr/sbin/nginx");

	private final Path work = Browser.temporaryDirectory("nginx");

	private final Catalogue catalogue = new Catalogue(TestDatabases.freshDatabase(TestDatabases.embedded18()));

	@Test
	void aPageThatWatchesAnImportGoesOnToItsEndWhenTheNodeThatServesAndExecutesItIsKilled() throws Exception {
		if (!Files.isExecutable(NGINX)) {
			System.err.println("SKIPPED: two nodes behind nginx, because " + NGINX + " is not here");
			Assumptions.abort("There is no nginx");
		}
		int portOfB = freePort();
		try (ImporterProcess a = node("a", freePort())) {
			Proxy nginx = new Proxy(a.port(), portOfB);
			try (nginx; Browser browser = new Browser(nginx.port)) {
				this.catalogue.slowDown(3);
				ImporterClient client = new ImporterClient(nginx.port).as("admin", PASSWORD);
				browser.signIn("/", "admin", PASSWORD);
				String run = client
					.parse(client.post("watched.csv", rows(20_000).getBytes(StandardCharsets.UTF_8), Map.of()).body())
					.get("task_id")
					.asString();
				browser.open("/ui/uploads/" + run);
				browser.script("window.neverReloaded = true");
				browser.waitFor("#phase", "Importing…");
				assertThat(browser.shows("#live-off")).as("updates come by WebSocket").isFalse();
				List<String> events = follow(client, run);
				await().until(() -> events.size() > 2);
				try (ImporterProcess b = node("b", portOfB)) {
					assertThat(b.client().as("admin", PASSWORD).status(run).get("status").asString())
						.isEqualTo("importing");
					a.kill();
					this.catalogue.speedUp();
					browser.waitFor("#phase", "Completed");
					assertThat(browser.script("return window.neverReloaded")).isEqualTo(true);
					assertThat(browser.text("#progress .counts"))
						.isEqualTo("Created 20,000 Updated 0 Unchanged 0 Superseded 0 Refused 0");
					assertThat(client.status(run).get("attempts").asInt()).isEqualTo(2);
					assertThat(this.catalogue.count("product")).isEqualTo(20_000);
					List<String> again = follow(client, run);
					await().until(() -> again.stream().anyMatch((line) -> line.contains("\"completed\"")));
				}
			}
		}
	}

	private ImporterProcess node(String name, int port) {
		return ImporterProcess.start(this.work.resolve(name), "server.port=" + port,
				"importer.database.url=" + this.catalogue.url(),
				"importer.uploads.directory=" + this.work.resolve("uploads"), "importer.job.chunk-size=200",
				"importer.access.admin-password=" + PASSWORD, "importer.secret-key=" + SECRET_KEY,
				"importer.access.trusted-proxies=" + setting("TRUSTED_PROXIES"));
	}

	/** A setting as the file for hosts with systemd has it. */
	private static String setting(String name) {
		try (Stream<String> lines = Files.lines(Path.of("ops/systemd/product-importer.env"))) {
			return lines.filter((line) -> line.startsWith(name + "="))
				.findFirst()
				.orElseThrow()
				.substring(name.length() + 1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Reads the event stream through nginx in the background. */
	private static List<String> follow(ImporterClient client, String run) {
		List<String> lines = new CopyOnWriteArrayList<>();
		CompletableFuture.runAsync(() -> {
			try {
				client.lines("/upload/progress/" + run).filter((line) -> line.startsWith("data:")).forEach(lines::add);
			}
			catch (UncheckedIOException ex) {
				// the node was killed
			}
		});
		return lines;
	}

	private static String rows(int count) {
		StringBuilder csv = new StringBuilder("sku,name\n");
		for (int i = 0; i < count; i++) {
			csv.append("n-").append(i).append(",Product ").append(i).append('\n');
		}
		return csv.toString();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	/** A real nginx in front of two ports. */
	private final class Proxy implements AutoCloseable {

		private final int port = freePort();

		private final Process process;

		private Proxy(int... nodes) throws IOException {
			Path home = Files.createDirectories(BehindNginxTests.this.work.resolve("proxy"));
			String site = Files.readString(Path.of("ops/nginx/product-importer.conf"));
			assertThat(site).contains("listen 8080;");
			Files.writeString(home.resolve("product-importer.conf"),
					site.replace("listen 8080;", "listen 127.0.0.1:" + this.port + ";"));
			StringBuilder servers = new StringBuilder();
			for (int node : nodes) {
				servers.append("server 127.0.0.1:").append(node).append(" max_fails=1 fail_timeout=5s;\n");
			}
			Files.writeString(home.resolve("nodes.conf"), servers);
			Files.writeString(home.resolve("nginx.conf"), """
					daemon off;
					worker_processes 1;
					pid %1$s/nginx.pid;
					error_log %1$s/error.log;
					events {}
					http {
						access_log %1$s/access.log;
						client_body_temp_path %1$s/body;
						proxy_temp_path %1$s/proxied;
						include %1$s/product-importer.conf;
					}
					""".formatted(home));
			// the workers of an nginx that root starts are another user's
			this.process = new ProcessBuilder(NGINX.toString(), "-e", home.resolve("error.log").toString(), "-c",
					home.resolve("nginx.conf").toString(), "-g", "user root;")
				.inheritIO()
				.start();
			await().atMost(Duration.ofSeconds(20))
				.ignoreExceptions()
				.until(() -> new ImporterClient(this.port).get("/products").statusCode() == 401);
		}

		@Override
		public void close() throws IOException {
			this.process.destroy();
			this.process.onExit().join();
		}

	}

}
