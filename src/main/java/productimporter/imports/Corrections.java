package productimporter.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.springframework.stereotype.Component;

import productimporter.uploads.CsvFormat;
import productimporter.uploads.CsvOptions;
import productimporter.uploads.FormatPreview;
import productimporter.uploads.UnreadableFile;
import productimporter.uploads.Uploads;

/**
 * Files of refused rows that come back corrected. They say which run refused them, and
 * are taken as that run took its file, where nobody says otherwise.
 */
@Component
class Corrections {

	/**
	 * What the file of refused rows doesn't tell and its rows were meant by. How it is
	 * written it tells itself; how many rows may be refused was said of another file; and
	 * a row with two problems stands in it twice, which {@code duplicates} is not about.
	 */
	private static final List<String> TAKEN_OVER = List.of("mapping", "decimal", "blank", "mode");

	private final Uploads uploads;

	private final ImportRunQuery runs;

	Corrections(Uploads uploads, ImportRunQuery runs) {
		this.uploads = uploads;
		this.runs = runs;
	}

	Correction of(UUID upload, Map<String, String> asked) {
		CsvOptions options = ImportOptions.of(asked).csv();
		try (InputStream in = this.uploads.open(upload, 0)) {
			UUID named = FormatPreview.refusedInRun(in, options);
			UUID parent = (named != null && this.runs.isImport(named)) ? named : null;
			return (parent != null) ? new Correction(asBefore(upload, parent, asked), parent)
					: new Correction(asked, null);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Map<String, String> asBefore(UUID upload, UUID parent, Map<String, String> asked) throws IOException {
		Map<String, String> all = new TreeMap<>(this.runs.importFile(parent).fields());
		all.keySet().retainAll(TAKEN_OVER);
		all.putAll(asked);
		try (InputStream in = this.uploads.open(upload, 0)) {
			CsvFormat.inspect(in, ImportOptions.of(all).csv());
			return all;
		}
		catch (UnreadableFile ex) {
			// perhaps it has other columns now
			return Review.isAboutColumns(ex.code()) ? asked : all;
		}
	}

}
