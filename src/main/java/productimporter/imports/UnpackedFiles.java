package productimporter.imports;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import productimporter.uploads.StoredUpload;
import productimporter.uploads.Unpacked;
import productimporter.uploads.Uploads;

import org.springframework.stereotype.Component;

/**
 * What the files of runs were unpacked from.
 */
@Component
class UnpackedFiles {

	private final ImportRunQuery runs;

	private final Uploads uploads;

	UnpackedFiles(ImportRunQuery runs, Uploads uploads) {
		this.runs = runs;
		this.uploads = uploads;
	}

	/** {@code null} when the file of the run was read as it was sent. */
	@Nullable Unpacked of(UUID run) {
		return this.runs.file(run).flatMap(this.uploads::find).map(StoredUpload::unpacked).orElse(null);
	}

}
