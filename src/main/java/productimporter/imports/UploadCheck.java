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
import productimporter.uploads.FormatPreview;
import productimporter.uploads.ReceivedUpload;
import productimporter.uploads.StoredUpload;
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

	private final ImportProfiles profiles;

	private final Corrections corrections;

	private final boolean mailConfigured;

	UploadCheck(Uploads uploads, ImportProfiles profiles, Corrections corrections,
			@Value("${spring.mail.host:}") String mailHost) {
		this.corrections = corrections;
		this.uploads = uploads;
		this.profiles = profiles;
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
		asked.remove(Review.OPTION);
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
	 * @throws RequestRefused when either can't be imported
	 */
	CheckedFile check(ReceivedUpload received) {
		try {
			checkNotify(notifyAddress(received));
			return check(received.file().id(),
					settled(received.file(), this.profiles.expand(Map.of(), asked(received))),
					Review.of(received.fields()));
		}
		catch (RuntimeException ex) {
			this.uploads.discard(received.file().id());
			throw ex;
		}
	}

	/**
	 * Checks what is asked of a file that has a run already.
	 * @param earlier what was asked then
	 * @param asked what is asked now, perhaps by the name of a profile
	 * @throws RequestRefused when either can't be imported, or something is still open
	 */
	CheckedFile checkAgain(UUID upload, Map<String, String> earlier, Map<String, String> asked) {
		StoredUpload file = this.uploads.find(upload).orElseThrow();
		if (file.unpacked() != null) {
			file.unpacked().container().refuseTextOptions(asked);
		}
		CheckedFile checked = check(upload, settled(file, this.profiles.expand(earlier, asked)), Review.NEVER);
		if (checked.question() != null) {
			throw checked.question().open();
		}
		return checked;
	}

	private static Map<String, String> settled(StoredUpload file, Map<String, String> asked) {
		return (file.unpacked() != null) ? file.unpacked().container().settle(asked) : asked;
	}

	private CheckedFile check(UUID upload, Map<String, String> asked, Review review) {
		Correction correction = this.corrections.of(upload, asked);
		ImportOptions options = ImportOptions.of(correction.asked());
		try (InputStream in = this.uploads.open(upload, 0)) {
			return new CheckedFile(correction.asked(), CsvFormat.inspect(in, options.csv()),
					(review == Review.ALWAYS) ? Question.REVIEW : null, correction.parent());
		}
		catch (UnreadableFile ex) {
			if (review.asks(ex)) {
				return new CheckedFile(correction.asked(), null, Question.of(ex), correction.parent());
			}
			throw refused(ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Shows a file as it would be read.
	 * @throws RequestRefused when it can't be read in any way
	 */
	FormatPreview preview(UUID upload, ImportOptions options) {
		try (InputStream in = this.uploads.open(upload, 0)) {
			return FormatPreview.of(in, options.csv());
		}
		catch (UnreadableFile ex) {
			throw refused(ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static RequestRefused refused(UnreadableFile problem) {
		return new RequestRefused(HttpStatus.UNPROCESSABLE_CONTENT, problem.code(), problem.getMessage(),
				(problem.option() != null) ? problem.option() : "file");
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
