package productimporter.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.UUID;

import productimporter.platform.RequestRefused;
import productimporter.uploads.CsvFormat;
import productimporter.uploads.CsvOptions;
import productimporter.uploads.ReceivedUpload;
import productimporter.uploads.UnreadableFile;
import productimporter.uploads.Uploads;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Looks into a file before it becomes a run, so that what can't be imported at all is
 * said at once.
 */
@Component
class UploadCheck {

	private final Uploads uploads;

	UploadCheck(Uploads uploads) {
		this.uploads = uploads;
	}

	/**
	 * Checks options and file; a file that is refused is removed.
	 * @return how the file is to be read
	 * @throws RequestRefused when either can't be imported
	 */
	CsvFormat check(ReceivedUpload received) {
		try {
			ImportOptions options = ImportOptions.of(received.fields());
			if (options.dryRun()) {
				throw new RequestRefused(HttpStatus.UNPROCESSABLE_CONTENT, "option_not_supported",
						"'dry_run' can only be 'false' so far.", "dry_run");
			}
			return inspect(received.file().id(), options.csv());
		}
		catch (RuntimeException ex) {
			this.uploads.discard(received.file().id());
			throw ex;
		}
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

}
