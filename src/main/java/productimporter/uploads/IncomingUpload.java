package productimporter.uploads;

import java.io.Closeable;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Supplier;

import productimporter.platform.RequestRefused;

/**
 * One file on its way into the store: hashed, measured and held to the limits while it is
 * written. Closing it deletes it unless it was kept.
 * <p>
 * Trouble with the store never comes out as an {@link IOException}, which in its callers
 * means trouble with the sender or what was sent.
 */
final class IncomingUpload implements Closeable {

	private final UUID id;

	private final MessageDigest digest = sha256();

	private final UploadStore.Incoming file;

	private final DiskRoom disk;

	private final long limit;

	private final Supplier<RequestRefused> tooLarge;

	private long size;

	private IncomingUpload(UUID id, Opening opening, DiskRoom disk, long limit, Supplier<RequestRefused> tooLarge) {
		this.id = id;
		this.disk = disk;
		this.limit = limit;
		this.tooLarge = tooLarge;
		try {
			this.file = opening.open(id);
		}
		catch (IOException ex) {
			throw disk.notStored(ex);
		}
	}

	/** Begins a file that is being received. */
	static IncomingUpload received(UploadStore store, UploadSettings settings) {
		UUID id = UUID.randomUUID();
		return new IncomingUpload(id, store::create, new DiskRoom(id, store, settings), settings.maxSize().toBytes(),
				() -> UploadRefusals.fileTooLarge(settings.maxSize()));
	}

	/** Begins what is unpacked from a kept file. */
	static IncomingUpload unpacked(UUID id, UploadStore store, DiskRoom disk, UnpackLimit limit) {
		return new IncomingUpload(id, store::createUnpacked, disk, limit.bytes(), limit::exceeded);
	}

	UUID id() {
		return this.id;
	}

	long size() {
		return this.size;
	}

	/** Of what was kept, 64 lower-case hexadecimal digits; to be asked once. */
	String finishSha256() {
		return HexFormat.of().formatHex(this.digest.digest());
	}

	/**
	 * Appends to the file.
	 * @throws RequestRefused when the file gets too large or the disk full
	 */
	void write(byte[] bytes, int length) {
		this.size += length;
		if (this.size > this.limit) {
			throw this.tooLarge.get();
		}
		this.digest.update(bytes, 0, length);
		try {
			this.file.write(bytes, length);
		}
		catch (IOException ex) {
			throw this.disk.notStored(ex);
		}
		this.disk.use(length);
	}

	/**
	 * Puts the complete file in its place.
	 * @throws RequestRefused when the disk is full
	 */
	void keep() {
		try {
			this.file.keep();
		}
		catch (IOException ex) {
			throw this.disk.notStored(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.file.close();
		}
		catch (IOException ex) {
			throw this.disk.notStored(ex);
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

	/** Begins a file of the store. */
	private interface Opening {

		UploadStore.Incoming open(UUID id) throws IOException;

	}

}
