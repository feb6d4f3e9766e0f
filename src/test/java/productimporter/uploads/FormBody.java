package productimporter.uploads;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The body of a multipart request, part by part.
 */
final class FormBody {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	static byte[] ofFile(String content) {
		return new FormBody().file("products.csv", content.getBytes(StandardCharsets.UTF_8)).end();
	}

	FormBody file(String filename, byte[] content) {
		return part("name=\"file\"; filename=\"" + filename + "\"", content);
	}

	FormBody field(String name, String value) {
		return part("name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8));
	}

	FormBody part(String disposition, byte[] content) {
		add("--" + RawClient.BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n");
		this.bytes.writeBytes(content);
		return add("\r\n");
	}

	/** The beginning of a file that doesn't end here. */
	static byte[] open(String content) {
		return ("--" + RawClient.BOUNDARY
				+ "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"products.csv\"\r\n\r\n" + content)
			.getBytes(StandardCharsets.UTF_8);
	}

	private FormBody add(String text) {
		this.bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
		return this;
	}

	byte[] end() {
		return add("--" + RawClient.BOUNDARY + "--\r\n").bytes.toByteArray();
	}

}
