package productimporter.access;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
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

	private String from = "127.0.0.1";

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

	/** From another address of this machine. */
	RawRequest from(String address) {
		this.from = address;
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
		try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), this.port, InetAddress.getByName(this.from),
				0)) {
			socket.setSoTimeout(30_000);
			OutputStream out = socket.getOutputStream();
			ByteArrayOutputStream all = new ByteArrayOutputStream();
			all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
			all.writeBytes(this.body);
			out.write(all.toByteArray());
			out.flush();
			return Answer.of(readAll(socket));
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

		static Answer of(byte[] read) {
			String text = new String(read, StandardCharsets.ISO_8859_1);
			int end = text.indexOf("\r\n\r\n");
			String head = text.substring(0, end);
			String body = text.substring(end + 4);
			boolean chunked = head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked");
			byte[] content = (chunked ? unchunked(body) : body).getBytes(StandardCharsets.ISO_8859_1);
			return new Answer(Integer.parseInt(text.substring(9, 12)), head,
					new String(content, StandardCharsets.UTF_8));
		}

		private static String unchunked(String body) {
			StringBuilder content = new StringBuilder();
			int at = 0;
			while (at < body.length()) {
				int line = body.indexOf("\r\n", at);
				int length = (line < 0) ? 0 : Integer.parseInt(body.substring(at, line).strip(), 16);
				if (length == 0) {
					break;
				}
				content.append(body, line + 2, Math.min(body.length(), line + 2 + length));
				at = line + 2 + length + 2;
			}
			return content.toString();
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
			return (header("Content-Type").orElse("").startsWith("application/problem+json") && !this.body.isEmpty())
					? JsonMapper.shared().readTree(this.body).path("code").asString() : "";
		}

	}

}
