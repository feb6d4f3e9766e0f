package productimporter.uploads;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

import productimporter.platform.DiskFull;
import productimporter.platform.RequestRefused;

/**
 * Looks, while something is written for an upload, whether enough of the disk stays free.
 * <p>
 * Trouble with the store never comes out as an {@link IOException}, which in its callers
 * means trouble with the sender or what was sent.
 */
final class DiskRoom {

	private static final long LOOK_EVERY = 64L << 20;

	private static final long NEXT_TO_NOTHING = 1L << 20;

	private final UUID id;

	private final UploadStore store;

	private final long keepFree;

	private long written;

	private long lookAt = LOOK_EVERY;

	DiskRoom(UUID id, UploadStore store, UploadSettings settings) {
		this.id = id;
		this.store = store;
		this.keepFree = settings.keepFree().toBytes();
	}

	/**
	 * Something is written.
	 * @throws RequestRefused when too little is left
	 */
	void use(long bytes) {
		this.written += bytes;
		if (this.written < this.lookAt) {
			return;
		}
		this.lookAt = this.written + LOOK_EVERY;
		try {
			if (this.store.usableSpace() < this.keepFree) {
				throw UploadRefusals.diskFull();
			}
		}
		catch (IOException ex) {
			throw notStored(ex);
		}
	}

	/** What to throw when something could not be written. */
	RuntimeException notStored(IOException ex) {
		if (isDiskFull(ex)) {
			RequestRefused refused = UploadRefusals.diskFull();
			refused.initCause(ex);
			return refused;
		}
		return new UncheckedIOException("Upload " + this.id + " could not be stored", ex);
	}

	/**
	 * The message is the operating system's, in its language: where it isn't English, a
	 * disk with next to nothing left tells.
	 */
	private boolean isDiskFull(IOException ex) {
		if (DiskFull.isCauseOf(ex)) {
			return true;
		}
		try {
			return this.store.usableSpace() < NEXT_TO_NOTHING;
		}
		catch (IOException unknown) {
			return false;
		}
	}

}
