package productimporter.uploads;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

import productimporter.platform.RequestRefused;

/**
 * Every reason for which an upload is refused, and what to do then.
 */
final class UploadRefusals {

	private static final String FILE = "file";

	private UploadRefusals() {
	}

	static RequestRefused notMultipart() {
		return new RequestRefused(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "not_multipart",
				"Send the file as multipart/form-data in a part named \"file\", "
						+ "for example with curl -F file=@products.csv.",
				null);
	}

	static RequestRefused malformed() {
		return new RequestRefused(HttpStatus.BAD_REQUEST, "multipart_malformed",
				"The multipart/form-data body is malformed or ends too early. Send the file again.", null);
	}

	static RequestRefused brokenOff() {
		return new RequestRefused(HttpStatus.BAD_REQUEST, "upload_broken_off",
				"The connection broke off before the whole file had come; nothing was kept. Send the file again.",
				null);
	}

	static RequestRefused fileMissing() {
		return refused("file_missing", "There is no file. Send one in a part named \"file\".", FILE);
	}

	static RequestRefused fileRepeated() {
		return refused("file_repeated", "There is more than one part named \"file\". Send each file on its own.", FILE);
	}

	static RequestRefused fileEmpty() {
		return refused("file_empty", "The file is empty. Send one with a header and at least one row.", FILE);
	}

	static RequestRefused fileTooLarge(DataSize limit) {
		return new RequestRefused(HttpStatus.CONTENT_TOO_LARGE, "file_too_large", "The file is larger than "
				+ inWords(limit) + ", the largest accepted. " + "Split it, or have importer.uploads.max-size raised.",
				FILE);
	}

	static RequestRefused diskFull() {
		return new RequestRefused(HttpStatus.INSUFFICIENT_STORAGE, "disk_full",
				"The server has too little disk space left for this file; nothing was kept. "
						+ "Have space freed in its upload directory, then send the file again.",
				null);
	}

	static RequestRefused tooManyAtOnce(Duration retryAfter) {
		return new RequestRefused(HttpStatus.SERVICE_UNAVAILABLE, "too_many_uploads",
				"The server is receiving as many files as it can at once. Send the file again in a few seconds.", null,
				retryAfter);
	}

	static RequestRefused tooManyFields(int limit) {
		return refused("too_many_fields", "There are more than " + limit + " form fields beside the file. Send fewer.",
				null);
	}

	static RequestRefused headerTooLarge(int limit) {
		return refused("part_header_too_large",
				"The header of a part is longer than " + limit + " bytes. Shorten the file or field name.", null);
	}

	static RequestRefused fieldRepeated(String field) {
		return refused("field_repeated", "The field \"" + field + "\" comes more than once. Send it once.", field);
	}

	static RequestRefused fieldTooLarge(String field, int limit) {
		return refused("field_too_large", "The field \"" + field + "\" is longer than " + limit
				+ " bytes. Shorten it; only the part named " + "\"file\" may hold a file.", field);
	}

	private static RequestRefused refused(String code, String detail, @Nullable String field) {
		return new RequestRefused(HttpStatus.UNPROCESSABLE_CONTENT, code, detail, field);
	}

	static String inWords(DataSize size) {
		for (int power = 3; power > 0; power--) {
			long unit = 1L << (10 * power);
			if (size.toBytes() >= unit && size.toBytes() % unit == 0) {
				return String.format(Locale.ROOT, "%d %sB", size.toBytes() / unit, " KMG".charAt(power));
			}
		}
		return size.toBytes() + " bytes";
	}

}
