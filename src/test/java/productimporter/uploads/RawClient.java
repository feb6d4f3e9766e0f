package productimporter.uploads;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of one request that can do all that a well-behaved one can't: stop in the
 * middle, announce what it doesn't send, send what nobody announced.
 */
final class RawClient implements Closeable {

	static final String BOUNDARY = "frontier";

	private final Socket socket;

	private final OutputStream out;

	RawClient(UploadServer server) throws IOException {
		this.socket = new Socket("127.0.0.1", server.port());
		this.socket.setSoTimeout(20_000);
		this.out = this.socket.getOutputStream();
	}

	/** A whole request with the given body. */
	static Answer post(UploadServer server, byte[] body) throws IOException {
		return post(server, "multipart/form-data; boundary=" + BOUNDARY, body);
	}

	static Answer post(UploadServer server, String contentType, byte[] body) throws IOException {
		try (RawClient client = new RawClient(server)) {
			client.head("Content-Type: " + contentType, "Content-Length: " + body.length);
			client.send(body);
			return client.answer();
		}
	}

	RawClient head(String... headers) throws IOException {
		send("POST /upload HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + String.join("\r\n", headers)
				+ "\r\n\r\n");
		return this;
	}

	RawClient multipartHead(String... headers) throws IOException {
		String[] all = new String[headers.length + 1];
		all[0] = "Content-Type: multipart/form-data; boundary=" + BOUNDARY;
		System.arraycopy(headers, 0, all, 1, headers.length);
		return head(all);
	}

	RawClient send(String text) throws IOException {
		return send(text.getBytes(StandardCharsets.UTF_8));
	}

	RawClient send(byte[] bytes) throws IOException {
		this.out.write(bytes);
		this.out.flush();
		return this;
	}

	RawClient chunk(byte[] bytes) throws IOException {
		send(Integer.toHexString(bytes.length) + "\r\n");
		send(bytes);
		return send("\r\n");
	}

	/** Breaks off without a word, as a killed client does. */
	void vanish() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

	/** Says that it sends no more, and still listens. */
	RawClient endOutput() throws IOException {
		this.socket.shutdownOutput();
		return this;
	}

	/** The status line and headers that come next, without the body. */
	String nextHead() throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
			int next = this.socket.getInputStream().read();
			if (next < 0) {
				break;
			}
			head.write(next);
		}
		return head.toString(StandardCharsets.UTF_8);
	}

	Answer answer() throws IOException {
		String head = nextHead();
		int status = Integer.parseInt(head.split(" ")[1]);
		return new Answer(status, head, new String(body(head), StandardCharsets.UTF_8));
	}

	private byte[] body(String head) throws IOException {
		if (head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")) {
			ByteArrayOutputStream body = new ByteArrayOutputStream();
			for (int length = chunkLength(); length > 0; length = chunkLength()) {
				body.write(this.socket.getInputStream().readNBytes(length));
				this.socket.getInputStream().readNBytes(2);
			}
			return body.toByteArray();
		}
		String length = head.toLowerCase(Locale.ROOT).replaceAll("(?s).*content-length: (\\d+).*", "$1");
		return this.socket.getInputStream().readNBytes(Integer.parseInt(length));
	}

	private int chunkLength() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = this.socket.getInputStream().read(); next != '\n'; next = this.socket.getInputStream().read()) {
			line.append((char) next);
		}
		return Integer.parseInt(line.toString().strip(), 16);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	record Answer(int status, String head, String body) {

		JsonNode json() {
			return JsonMapper.shared().readTree(this.body);
		}

		String code() {
			return json().path("code").asString();
		}

	}

}
