package productimporter.uploads;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;

import productimporter.platform.DiskFull;
import productimporter.platform.RequestRefused;

/**
 * One file being received: hashed, measured and held to the limits while it is written.
 * Closing it deletes it unless it was kept.
 * <p>
 * Trouble with the store never comes out as an {@link IOException}, which in its callers
 * means trouble with the sender.
 */
final class IncomingUpload implements Closeable {

	private static final long LOOK_AT_DISK_EVERY = 64L << 20;

	private static final long NEXT_TO_NOTHING = 1L << 20;

	private final UUID id = UUID.randomUUID();

	private final MessageDigest digest = sha256();

	private final UploadStore store;

	private final UploadSettings settings;

	private final UploadStore.Incoming file;

	private long size;

	private long lookAtDiskAt = LOOK_AT_DISK_EVERY;

	IncomingUpload(UploadStore store, UploadSettings settings) {
		this.store = store;
		this.settings = settings;
		try {
			this.file = store.create(this.id);
		}
		catch (IOException ex) {
			throw notStored(ex);
		}
	}

	long size() {
		return this.size;
	}

	/**
	 * Appends to the file.
	 * @throws RequestRefused when the file gets too large or the disk full
	 */
	void write(byte[] bytes, int length) {
		this.size += length;
		if (this.size > this.settings.maxSize().toBytes()) {
			throw UploadRefusals.fileTooLarge(this.settings.maxSize());
		}
		this.digest.update(bytes, 0, length);
		try {
			this.file.write(bytes, length);
			if (this.size >= this.lookAtDiskAt) {
				this.lookAtDiskAt = this.size + LOOK_AT_DISK_EVERY;
				if (this.store.usableSpace() < this.settings.keepFree().toBytes()) {
					throw UploadRefusals.diskFull();
				}
			}
		}
		catch (IOException ex) {
			throw notStored(ex);
		}
	}

	/**
	 * Puts the complete file in its place.
	 * @throws RequestRefused when the disk is full
	 */
	StoredUpload keep(String filename, Clock clock) {
		try {
			this.file.keep();
		}
		catch (IOException ex) {
			throw notStored(ex);
		}
		String sha256 = HexFormat.of().formatHex(this.digest.digest());
		return new StoredUpload(this.id, filename, this.size, sha256, clock.instant().truncatedTo(ChronoUnit.MICROS));
	}

	@Override
	public void close() {
		try {
			this.file.close();
		}
		catch (IOException ex) {
			throw notStored(ex);
		}
	}

	private RuntimeException notStored(IOException ex) {
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

	static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
