package productimporter.jobs.productimport;

import java.io.IOException;
import java.io.InputStream;

import productimporter.imports.ActiveRun;
import productimporter.jobs.RunStep;
import productimporter.uploads.CsvFormat;
import productimporter.uploads.Uploads;

/**
 * A step that reads the uploaded file.
 */
abstract class FileStep extends RunStep {

	private final Uploads uploads;

	FileStep(String name, Tools tools, Uploads uploads) {
		super(name, tools);
		this.uploads = uploads;
	}

	Uploads uploads() {
		return this.uploads;
	}

	CsvFormat format(ActiveRun run) throws IOException {
		try (InputStream in = this.uploads.open(run.uploadId(), 0)) {
			return CsvFormat.inspect(in);
		}
	}

}
