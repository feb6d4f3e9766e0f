package productimporter.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import productimporter.platform.MailAddress;
import productimporter.platform.RequestRefused;
import productimporter.uploads.CsvFormat;
import productimporter.uploads.CsvOptions;
import productimporter.uploads.ReceivedUpload;
import productimporter.uploads.UnreadableFile;
import productimporter.uploads.Uploads;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Looks into a file before it becomes a run, so that what can't be imported at all is
 * said at once.
 */
@Component
class UploadCheck {

	private static final String NOTIFY = "notify";

	private final Uploads uploads;

	private final boolean mailConfigured;

	UploadCheck(Uploads uploads, @Value("${spring.mail.host:}") String mailHost) {
		this.uploads = uploads;
		this.mailConfigured = !mailHost.isBlank();
	}

	/**
	 * Whom to tell of the end of the run.
	 * @return {@code null} when nobody is named
	 */
	static @Nullable String notifyAddress(ReceivedUpload checked) {
		String address = checked.fields().getOrDefault(NOTIFY, "").strip();
		return address.isEmpty() ? null : address;
	}

	/** What is asked of the import itself. */
	static Map<String, String> asked(ReceivedUpload upload) {
		Map<String, String> asked = new TreeMap<>(upload.fields());
		asked.remove(NOTIFY);
		return asked;
	}

	/** The fields of a form, but for the one against cross-site requests. */
	static Map<String, String> withoutToken(Map<String, String> fields) {
		Map<String, String> asked = new TreeMap<>(fields);
		asked.remove("_csrf");
		return asked;
	}

	boolean isMailConfigured() {
		return this.mailConfigured;
	}

	/**
	 * Checks options and file; a file that is refused is removed.
	 * @return how the file is to be read
	 * @throws RequestRefused when either can't be imported
	 */
	CsvFormat check(ReceivedUpload received) {
		try {
			ImportOptions options = ImportOptions.of(asked(received));
			checkNotify(notifyAddress(received));
			return inspect(received.file().id(), options.csv());
		}
		catch (RuntimeException ex) {
			this.uploads.discard(received.file().id());
			throw ex;
		}
	}

	/**
	 * Checks options and a file that has been accepted before.
	 * @param fields what is asked of the import
	 * @return how the file is to be read
	 * @throws RequestRefused when either can't be imported
	 */
	CsvFormat check(UUID upload, Map<String, String> fields) {
		return inspect(upload, ImportOptions.of(fields).csv());
	}

	private CsvFormat inspect(UUID upload, CsvOptions options) {
		try (InputStream in = this.uploads.open(upload, 0)) {
			return CsvFormat.inspect(in, options);
		}
		catch (UnreadableFile ex) {
			throw new RequestRefused(HttpStatus.UNPROCESSABLE_CONTENT, ex.code(), ex.getMessage(),
					(ex.option() != null) ? ex.option() : "file");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void checkNotify(@Nullable String address) {
		if (address == null) {
			return;
		}
		if (!this.mailConfigured) {
			throw new RequestRefused(HttpStatus.UNPROCESSABLE_CONTENT, "mail_not_configured",
					"This server has no mail server to send from. Leave 'notify' out, or have SPRING_MAIL_HOST set.",
					NOTIFY);
		}
		try {
			new MailAddress(address);
		}
		catch (IllegalArgumentException ex) {
			throw new RequestRefused(HttpStatus.UNPROCESSABLE_CONTENT, "mail_address_invalid",
					"'notify' must be one mail address such as ann@example.com.", NOTIFY);
		}
	}

}
