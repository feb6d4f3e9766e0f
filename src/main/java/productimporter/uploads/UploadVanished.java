package productimporter.uploads;

import java.util.UUID;

/**
 * A file that was stored is no longer there.
 */
public class UploadVanished extends RuntimeException {

	private final UUID id;

	private UploadVanished(UUID id, String message) {
		super(message);
		this.id = id;
	}

	static UploadVanished fromStore(StoredUpload upload) {
		return new UploadVanished(upload.id(), "The file of upload " + upload.id() + " (" + upload.filename()
				+ ") is no longer in the upload store. Put it back from a backup under that name, or upload it again.");
	}

	static UploadVanished neverRecorded(UUID id) {
		return new UploadVanished(id, "Upload " + id + " is not known. Upload the file again.");
	}

	public UUID id() {
		return this.id;
	}

}
