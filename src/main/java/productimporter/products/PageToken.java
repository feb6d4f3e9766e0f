package productimporter.products;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

import org.springframework.http.HttpStatus;

import productimporter.platform.RequestRefused;

/**
 * Where a page begins: behind a product, or before one. Opaque to those who get it, and
 * of use only with the filters and the order that it was made for. Not a secret: it can
 * lead to nothing but a page of the same list.
 *
 * @param backward the page ends before the product
 * @param page the page's number, for people
 * @param key of the product, in the list's order
 * @param sku of the product
 */
record PageToken(boolean backward, int page, String key, String sku) {

	private static final int VERSION = 1;

	private static final int CHECK_LENGTH = 8;

	String encode(ProductFilter filter, ProductOrder order) {
		byte[] content = content();
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		all.writeBytes(check(content, filter, order));
		all.writeBytes(content);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(all.toByteArray());
	}

	/**
	 * Read a token.
	 * @throws RequestRefused when it is none, or one of another list
	 */
	static PageToken decode(String token, ProductFilter filter, ProductOrder order) {
		try {
			byte[] all = Base64.getUrlDecoder().decode(token);
			byte[] content = Arrays.copyOfRange(all, Math.min(CHECK_LENGTH, all.length), all.length);
			if (MessageDigest.isEqual(check(content, filter, order),
					Arrays.copyOf(all, Math.min(CHECK_LENGTH, all.length)))) {
				PageToken read = read(content);
				order.column().parse(read.key());
				return read;
			}
		}
		catch (IllegalArgumentException | IOException ex) {
			// said below
		}
		throw new RequestRefused(HttpStatus.BAD_REQUEST, "after_invalid",
				"This is no token of this list. Take next or previous from an answer with the same filters and the same "
						+ "sort.",
				"after");
	}

	private static PageToken read(byte[] content) throws IOException {
		DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
		if (in.readByte() != VERSION) {
			throw new IOException("Another version");
		}
		PageToken read = new PageToken(in.readBoolean(), in.readInt(), in.readUTF(), in.readUTF());
		if (in.available() > 0 || read.page() < 1 || !isStorable(read.key()) || !isStorable(read.sku())) {
			throw new IOException("Not as written");
		}
		return read;
	}

	private static boolean isStorable(String text) {
		return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
	}

	private byte[] content() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.writeByte(VERSION);
			out.writeBoolean(this.backward);
			out.writeInt(this.page);
			out.writeUTF(this.key);
			out.writeUTF(this.sku);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	private static byte[] check(byte[] content, ProductFilter filter, ProductOrder order) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(content);
			digest.update((order.code() + " " + filter).getBytes(StandardCharsets.UTF_8));
			return Arrays.copyOf(digest.digest(), CHECK_LENGTH);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
