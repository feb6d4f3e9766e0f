package productimporter.pages;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A receiver of webhooks on loopback that answers byte for byte what it is told to, were
 * it no HTTP at all.
 */
final class ByteReceiver implements AutoCloseable {

	private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

	private final ServerSocket server;

	private final ExecutorService thread = Executors.newSingleThreadExecutor();

	private volatile String answer = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";

	ByteReceiver() {
		try {
			this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.thread.execute(this::serve);
	}

	/** From now on. */
	void answers(String answer) {
		this.answer = answer;
	}

	String url(String path) {
		return "http://127.0.0.1:" + this.server.getLocalPort() + path;
	}

	private void serve() {
		while (!this.server.isClosed()) {
			try (Socket socket = this.server.accept()) {
				socket.setSoTimeout(10_000);
				readRequest(new BufferedInputStream(socket.getInputStream()));
				socket.getOutputStream().write(this.answer.getBytes(StandardCharsets.UTF_8));
				socket.shutdownOutput();
			}
			catch (IOException ex) {
				// closed, or a caller that has gone
			}
		}
	}

	private static void readRequest(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int next = in.read();
			if (next < 0) {
				return;
			}
			head.append((char) next);
		}
		Matcher length = LENGTH.matcher(head);
		if (length.find()) {
			in.readNBytes(Integer.parseInt(length.group(1)));
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		this.thread.shutdown();
	}

}
