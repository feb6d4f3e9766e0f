package productimporter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

/**
 * The application as a process of its own, to be killed.
 */
public final class ImporterProcess implements AutoCloseable {

	private final Path data;

	private final Process process;

	private final int port;

	private ImporterProcess(Path data, Process process, int port) {
		this.data = data;
		this.process = process;
		this.port = port;
	}

	/**
	 * Starts the application on a data directory with an embedded PostgreSQL and waits
	 * until it answers.
	 * @param settings further settings, {@code name=value}; those with names in capitals
	 * are environment variables
	 */
	public static ImporterProcess start(Path data, String... settings) {
		try {
			Map<String, String> all = new LinkedHashMap<>();
			all.put("server.port", Integer.toString(freePort()));
			all.put("importer.data-dir", data.toString());
			all.put("importer.database.url", "");
			all.put("importer.imports.heartbeat", "1s");
			all.put("importer.database.idle-in-transaction-timeout", "3s");
			all.put("importer.imports.poll-interval", "200ms");
			for (String setting : settings) {
				all.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
			}
			List<String> command = new ArrayList<>(
					List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx256m", "-cp",
							System.getProperty("java.class.path"), "productimporter.ProductImporter"));
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolve("application.log").toFile()));
			all.forEach((name, value) -> {
				if (name.matches("[A-Z_]+")) {
					builder.environment().put(name, value);
				}
				else {
					command.add("--" + name + "=" + value);
				}
			});
			Files.createDirectories(data);
			Process process = builder.start();
			ImporterProcess importer = new ImporterProcess(data, process, Integer.parseInt(all.get("server.port")));
			try {
				importer.awaitAnswer();
			}
			catch (RuntimeException | AssertionError ex) {
				process.destroyForcibly();
				throw ex;
			}
			return importer;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void awaitAnswer() {
		Awaitility.await()
			.atMost(Duration.ofMinutes(3))
			.ignoreExceptionsMatching((ex) -> ex instanceof Exception)
			.until(() -> {
				if (!this.process.isAlive()) {
					throw new AssertionError(
							"The application ended: " + Files.readString(this.data.resolve("application.log")));
				}
				// 401: it answers, to users that it knows
				int answer = client().get("/products").statusCode();
				return answer == 200 || answer == 401;
			});
	}

	public ImporterClient client() {
		return new ImporterClient(this.port);
	}

	/** Whether its log has that text. */
	boolean logged(String text) {
		try {
			return Files.readString(this.data.resolve("application.log")).contains(text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public int port() {
		return this.port;
	}

	/** SIGKILL, and gone. */
	public void kill() {
		this.process.destroyForcibly();
		awaitEnd(Duration.ofSeconds(60));
	}

	/** Stops (STOP) or continues (CONT) the process as a whole. */
	void signal(String name) {
		try {
			new ProcessBuilder("kill", "-" + name, Long.toString(this.process.pid())).inheritIO().start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** SIGTERM. */
	void terminate() {
		this.process.destroy();
	}

	void awaitEnd(Duration atMost) {
		try {
			if (!this.process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new AssertionError("The application did not end within " + atMost);
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	ProcessHandle postmaster() {
		return ProcessHandle.of(Long.parseLong(postmasterFile().get(0).strip())).orElseThrow();
	}

	Catalogue catalogue() {
		try {
			String password = Files.readString(this.data.resolve("postgresql.password")).strip();
			return new Catalogue("jdbc:postgresql://127.0.0.1:" + postmasterFile().get(3).strip()
					+ "/productimporter?user=postgres&password=" + password);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<String> postmasterFile() {
		try {
			return Files.readAllLines(this.data.resolve("postgresql/postmaster.pid"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Ends the application and its PostgreSQL in order. */
	@Override
	public void close() {
		terminate();
		awaitEnd(Duration.ofSeconds(60));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
