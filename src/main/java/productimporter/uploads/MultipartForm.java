package productimporter.uploads;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.jspecify.annotations.Nullable;

/**
 * The body of one upload request, read part by part: the file goes straight to the store,
 * fields are kept here. Closing it deletes the file unless the whole body was fine.
 * <p>
 * No part's stream is ever closed: that would read the rest of the part, gigabytes of a
 * file that was just refused.
 */
final class MultipartForm implements Closeable {

	static final int MOST_FIELDS = 32;

	static final int LONGEST_FIELD = 64 << 10;

	static final int LONGEST_HEADER = 16 << 10;

	/**
	 * What a body may hold beside the file, with some room for boundaries.
	 */
	static final long MOST_BESIDE_FILE = (MOST_FIELDS + 2L) * (LONGEST_FIELD + LONGEST_HEADER);

	private static final String FILE = "file";

	private final JakartaServletFileUpload<DiskFileItem, DiskFileItemFactory> parser = new JakartaServletFileUpload<>();

	private final Map<String, String> fields = new LinkedHashMap<>();

	private final UploadStore store;

	private final UploadSettings settings;

	private @Nullable IncomingUpload file;

	private @Nullable String sentFilename;

	MultipartForm(UploadStore store, UploadSettings settings) {
		this.store = store;
		this.settings = settings;
		this.parser.setHeaderCharset(StandardCharsets.UTF_8);
		this.parser.setMaxPartHeaderSize(LONGEST_HEADER);
		this.parser.setMaxSize(settings.maxSize().toBytes() + MOST_BESIDE_FILE);
	}

	/**
	 * Reads the whole body.
	 * @throws IOException when the body can't be read or understood
	 */
	ReceivedUpload read(HttpServletRequest request, Clock clock) throws IOException {
		FileItemInputIterator parts = this.parser.getItemIterator(request);
		while (parts.hasNext()) {
			FileItemInput part = parts.next();
			if (FILE.equals(part.getFieldName())) {
				readFile(part);
			}
			else {
				readField(part);
			}
		}
		if (this.file == null) {
			throw UploadRefusals.fileMissing();
		}
		this.file.keep();
		return new ReceivedUpload(new StoredUpload(this.file.id(), SentFilename.clean(this.sentFilename),
				this.file.size(), this.file.finishSha256(), clock.instant().truncatedTo(ChronoUnit.MICROS), null),
				this.fields);
	}

	private void readFile(FileItemInput part) throws IOException {
		if (this.file != null) {
			throw UploadRefusals.fileRepeated();
		}
		// part.getName() would throw on a NUL
		this.sentFilename = this.parser.getFileName(part.getHeaders());
		IncomingUpload incoming = IncomingUpload.received(this.store, this.settings);
		this.file = incoming;
		InputStream content = part.getInputStream();
		byte[] buffer = new byte[64 << 10];
		for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
			incoming.write(buffer, length);
		}
		if (incoming.size() == 0) {
			// a browser sends an empty name when no file was chosen
			boolean nothingChosen = this.sentFilename != null && this.sentFilename.isBlank();
			throw nothingChosen ? UploadRefusals.fileMissing() : UploadRefusals.fileEmpty();
		}
	}

	private void readField(FileItemInput part) throws IOException {
		String name = part.getFieldName();
		if (this.fields.containsKey(name)) {
			throw UploadRefusals.fieldRepeated(name);
		}
		if (this.fields.size() == MOST_FIELDS) {
			throw UploadRefusals.tooManyFields(MOST_FIELDS);
		}
		byte[] value = part.getInputStream().readNBytes(LONGEST_FIELD + 1);
		if (value.length > LONGEST_FIELD) {
			throw UploadRefusals.fieldTooLarge(name, LONGEST_FIELD);
		}
		this.fields.put(name, new String(value, StandardCharsets.UTF_8));
	}

	@Override
	public void close() {
		if (this.file != null) {
			this.file.close();
		}
	}

}
