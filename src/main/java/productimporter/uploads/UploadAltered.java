package productimporter.uploads;

import java.util.UUID;

/**
 * A stored file is no longer what was received.
 */
public class UploadAltered extends RuntimeException {

	private final UUID id;

	private UploadAltered(UUID id, String message) {
		super(message);
		this.id = id;
	}

	static UploadAltered since(StoredUpload recorded, long size, String sha256, long sizeFound, String sha256Found) {
		return new UploadAltered(recorded.id(),
				"The stored file of upload " + recorded.id() + " (" + recorded.filename()
						+ ") was altered after it had been received: " + size + " bytes with SHA-256 " + sha256
						+ " came, " + sizeFound + " bytes with SHA-256 " + sha256Found
						+ " are there now. Put it back from a backup, or upload the file again.");
	}

	public UUID id() {
		return this.id;
	}

}
