package productimporter.uploads;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.Assert;

import productimporter.platform.RequestRefused;

/**
 * The uploaded files: received, kept, found again.
 */
@Component
public class Uploads {

	private final UploadReceiver receiver;

	private final UploadStore store;

	private final UploadTable table;

	private final Clock clock;

	Uploads(UploadReceiver receiver, UploadStore store, UploadTable table, Clock clock) {
		this.receiver = receiver;
		this.store = store;
		this.table = table;
		this.clock = clock;
	}

	/**
	 * Streams the multipart body into the store, hashed while it is written, never in
	 * memory. When this returns the file survives a power cut, but nothing is recorded in
	 * the database yet: {@link #record} it, or {@link #discard} it.
	 * @param request whose body nobody has read
	 * @throws RequestRefused when nothing was kept, saying why
	 */
	public ReceivedUpload receive(HttpServletRequest request) {
		return this.receiver.receive(request);
	}

	/**
	 * Records a received file. Call inside a transaction. A file that stays unrecorded is
	 * removed after a day.
	 */
	public void record(StoredUpload upload) {
		requireTransaction();
		this.table.insert(upload);
	}

	/**
	 * Finds a recorded file.
	 */
	public Optional<StoredUpload> find(UUID id) {
		return this.table.find(id);
	}

	/**
	 * Keeps a file from being removed until the surrounding transaction ends. Whoever
	 * queues a run of a file that is there already does this first.
	 * @return whether the file is still in the store
	 */
	public boolean hold(UUID id) {
		requireTransaction();
		return this.table.hold(id);
	}

	/**
	 * Keeps everyone else from holding a file until the surrounding transaction ends, so
	 * that it can be removed unless someone needs it.
	 * @return {@code false} when someone holds it now
	 */
	public boolean lock(UUID id) {
		requireTransaction();
		return this.table.lock(id);
	}

	/**
	 * Removes a locked file once the surrounding transaction has committed, and notes it.
	 */
	public void remove(UUID id) {
		this.table.markRemoved(id, this.clock.instant());
		discardAfterCommit(id);
	}

	/**
	 * Removes a locked file once the surrounding transaction has committed, and forgets
	 * it.
	 */
	public void forget(UUID id) {
		this.table.delete(id);
		discardAfterCommit(id);
	}

	/**
	 * When this fails {@link AbandonedUploads} finds the file.
	 */
	private void discardAfterCommit(UUID id) {
		requireTransaction();
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				discard(id);
			}
		});
	}

	private static void requireTransaction() {
		Assert.state(TransactionSynchronizationManager.isActualTransactionActive(), "No transaction");
	}

	/**
	 * Opens a file, of a container what was unpacked from it, from the given byte on, the
	 * first is 0.
	 * @throws NoSuchFileException when the file has vanished
	 */
	public InputStream open(UUID id, long firstByte) throws IOException {
		return this.store.open(id, firstByte);
	}

	/**
	 * Compares the file's size and checksum with what was recorded; reads all of it, and
	 * all that was unpacked from it.
	 * @throws UploadAltered when they differ
	 * @throws UploadVanished when there is no such file
	 */
	public void verify(UUID id) {
		verify(this.table.find(id).orElseThrow(() -> UploadVanished.neverRecorded(id)));
	}

	void verify(StoredUpload recorded) {
		verify(recorded, this::openAsSent, recorded.sizeBytes(), recorded.sha256());
		Unpacked unpacked = recorded.unpacked();
		if (unpacked != null) {
			verify(recorded, (id) -> this.store.open(id, 0), unpacked.sizeBytes(), unpacked.sha256());
		}
	}

	private InputStream openAsSent(UUID id) throws IOException {
		return Channels.newInputStream(this.store.openAsSent(id));
	}

	private static void verify(StoredUpload recorded, Opening opening, long expectedSize, String expectedSha256) {
		MessageDigest digest = IncomingUpload.sha256();
		long size = 0;
		byte[] buffer = new byte[64 << 10];
		try (InputStream content = opening.open(recorded.id())) {
			for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
				digest.update(buffer, 0, length);
				size += length;
			}
		}
		catch (NoSuchFileException ex) {
			throw UploadVanished.fromStore(recorded);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Upload " + recorded.id() + " can't be read", ex);
		}
		String sha256 = HexFormat.of().formatHex(digest.digest());
		if (size != expectedSize || !sha256.equals(expectedSha256)) {
			throw UploadAltered.since(recorded, expectedSize, expectedSha256, size, sha256);
		}
	}

	/** Opens one of the two files of an upload. */
	private interface Opening {

		InputStream open(UUID id) throws IOException;

	}

	/**
	 * Removes a file that was received but refused. Does nothing when it's gone.
	 */
	public void discard(UUID id) {
		try {
			this.store.delete(id);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Upload " + id + " can't be removed", ex);
		}
	}

}
