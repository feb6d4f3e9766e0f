package productimporter.uploads;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.FileUploadSizeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import productimporter.platform.RequestRefused;

/**
 * Lets upload requests in, a bounded number at once, and tells the sender's mistakes from
 * the store's.
 */
@Component
class UploadReceiver {

	private static final Logger logger = LoggerFactory.getLogger(UploadReceiver.class);

	private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

	private final UploadStore store;

	private final UploadSettings settings;

	private final Clock clock;

	private final Semaphore places;

	private final Unpacking unpacking;

	UploadReceiver(UploadStore store, UploadSettings settings, Clock clock) {
		this.store = store;
		this.settings = settings;
		this.clock = clock;
		this.places = new Semaphore(settings.maxConcurrent());
		this.unpacking = new Unpacking(store, settings);
	}

	/**
	 * Receives the request's file into the store, and unpacks it there if it is a
	 * container.
	 * @throws RequestRefused when nothing was kept
	 */
	ReceivedUpload receive(HttpServletRequest request) {
		refuseUnread(request);
		if (!this.places.tryAcquire()) {
			throw UploadRefusals.tooManyAtOnce(RETRY_AFTER);
		}
		try (MultipartForm form = new MultipartForm(this.store, this.settings)) {
			return this.unpacking.unpack(read(form, request));
		}
		finally {
			this.places.release();
		}
	}

	/**
	 * What can be known before a byte of the body is read.
	 */
	private void refuseUnread(HttpServletRequest request) {
		String contentType = request.getContentType();
		if (contentType == null || !contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
			throw UploadRefusals.notMultipart();
		}
		long announced = Math.max(0, request.getContentLengthLong());
		if (announced > this.settings.maxSize().toBytes() + MultipartForm.MOST_BESIDE_FILE) {
			throw UploadRefusals.fileTooLarge(this.settings.maxSize());
		}
		if (usableSpace() - announced < this.settings.keepFree().toBytes()) {
			logger.warn("An upload was refused: with its {} bytes less than {} would be left free in the upload store",
					announced, this.settings.keepFree());
			throw UploadRefusals.diskFull();
		}
	}

	private long usableSpace() {
		try {
			return this.store.usableSpace();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The upload store can't be reached", ex);
		}
	}

	private ReceivedUpload read(MultipartForm form, HttpServletRequest request) {
		try {
			return form.read(request, this.clock);
		}
		catch (FileUploadSizeException ex) {
			throw (ex.getPermitted() == MultipartForm.LONGEST_HEADER)
					? UploadRefusals.headerTooLarge(MultipartForm.LONGEST_HEADER)
					: UploadRefusals.fileTooLarge(this.settings.maxSize());
		}
		catch (FileUploadException | IllegalStateException ex) {
			// the parser's answer to headers without an end is an IllegalStateException
			logger.debug("A malformed upload was dropped", ex);
			throw UploadRefusals.malformed();
		}
		catch (IOException ex) {
			logger.debug("An upload broke off and was dropped", ex);
			throw UploadRefusals.brokenOff();
		}
	}

}
