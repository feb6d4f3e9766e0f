package productimporter.access;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import tools.jackson.databind.json.JsonMapper;

/**
 * A request with exactly the headers that a test gives it, whatever they are.
 */
final class RawRequest {

	private final int port;

	private final String line;

	private final List<String> headers = new ArrayList<>();

	private byte[] body = new byte[0];

	private String connection = "close";

	RawRequest(int port, String method, String path) {
		this.port = port;
		this.line = method + " " + path + " HTTP/1.1\r\n";
	}

	RawRequest with(String... headers) {
		this.headers.addAll(Arrays.asList(headers));
		return this;
	}

	RawRequest body(String contentType, String body) {
		this.body = body.getBytes(StandardCharsets.UTF_8);
		return with("Content-Type: " + contentType, "Content-Length: " + this.body.length);
	}

	RawRequest unframed(String body) {
		this.body = body.getBytes(StandardCharsets.UTF_8);
		return this;
	}

	RawRequest upgrade() {
		this.connection = "Upgrade, close";
		return this;
	}

	Answer send() {
		boolean host = this.headers.stream().anyMatch((header) -> header.startsWith("Host:"));
		StringBuilder head = new StringBuilder(this.line);
		head.append(host ? "" : "Host: localhost:" + this.port + "\r\n")
			.append("Connection: ")
			.append(this.connection)
			.append("\r\n");
		this.headers.forEach((header) -> head.append(header).append("\r\n"));
		head.append("\r\n");
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.setSoTimeout(30_000);
			OutputStream out = socket.getOutputStream();
			ByteArrayOutputStream all = new ByteArrayOutputStream();
			all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
			all.writeBytes(this.body);
			out.write(all.toByteArray());
			out.flush();
			return Answer.of(new String(readAll(socket), StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** All that comes; up to its head when the answer is a stream or another protocol. */
	private static byte[] readAll(Socket socket) throws IOException {
		ByteArrayOutputStream read = new ByteArrayOutputStream();
		byte[] buffer = new byte[16 << 10];
		for (int length = socket.getInputStream().read(buffer); length >= 0; length = socket.getInputStream()
			.read(buffer)) {
			read.write(buffer, 0, length);
			String text = read.toString(StandardCharsets.ISO_8859_1);
			if (text.contains("\r\n\r\n") && (text.startsWith("HTTP/1.1 101") || text.contains("text/event-stream"))) {
				break;
			}
		}
		return read.toByteArray();
	}

	record Answer(int status, String head, String body) {

		static Answer of(String text) {
			int end = text.indexOf("\r\n\r\n");
			return new Answer(Integer.parseInt(text.substring(9, 12)), text.substring(0, end), text.substring(end + 4));
		}

		Optional<String> header(String name) {
			return headers(name).stream().findFirst();
		}

		List<String> headers(String name) {
			return this.head.lines()
				.filter((line) -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
				.map((line) -> line.substring(name.length() + 1).strip())
				.toList();
		}

		/** The code of a problem, or an empty text. */
		String code() {
			int start = this.body.indexOf('{');
			int end = this.body.lastIndexOf('}');
			return (header("Content-Type").orElse("").startsWith("application/problem+json") && start >= 0)
					? JsonMapper.shared().readTree(this.body.substring(start, end + 1)).path("code").asString() : "";
		}

	}

}
