import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Writes as a Markdown table which part of an import the application was found in, by the
 * execution samples of recordings of JFR: {@code java Shares.java DIRECTORY…}, a column
 * for the recordings of each. A sample belongs to the part that the first of its frames
 * belongs to, from the inside, but to {@link #WHOLE} from wherever it is called.
 */
class Shares {

	private static final String JOBS = "productimporter.jobs.productimport.";

	/** What counts with everything it calls. */
	private static final Map<String, List<String>> WHOLE = parts(
			"transfer and other requests", "org.apache",
			"the job repository", "org.springframework.batch.core.repository",
			"progress, metrics, mail and webhooks", "productimporter.imports.Progress productimporter.imports.RunProgress io.micrometer"
					+ " productimporter.webhooks productimporter.notifications org.springframework.messaging");

	private static final Map<String, List<String>> PARTS = parts(
			"rules and normalising", "productimporter.uploads.Price productimporter.uploads.NumberFormat productimporter.uploads.Formulas productimporter.products "
					+ JOBS + "RowRules " + JOBS + "RowChecks " + JOBS + "ProductRowProcessor",
			"parsing (FastCSV, decoding, splitting)", "de.siegmar.fastcsv productimporter.uploads org.springframework.batch.infrastructure.item.file "
					+ JOBS + "ProductFileReader " + JOBS + "ProductRowParser",
			"duplicates", JOBS + "DuplicateSkus " + JOBS + "TwinLines " + JOBS + "TwinRefusals",
			"sorting by SKU", "java.util.TimSort " + JOBS + "ProductUpsertWriter$$Lambda " + JOBS + "ProductUpsertWriter.lambda",
			"arrays, COPY and JDBC", "org.postgresql com.zaxxer.hikari org.springframework.jdbc productimporter.platform.Ids " + JOBS + "Binary "
					+ JOBS + "ProductUpsert " + JOBS + "NewProducts " + JOBS + "WrittenTuples " + JOBS + "ChunkChanges",
			"Spring Batch's step and transactions", "org.springframework.batch org.springframework.transaction org.springframework.retry",
			"other parts of the job", "productimporter");

	private static final String REST = "the rest";

	public static void main(String[] directories) throws IOException {
		Map<String, int[]> found = new LinkedHashMap<>();
		Set<String> names = new LinkedHashSet<>(PARTS.keySet());
		names.addAll(WHOLE.keySet());
		names.add(REST);
		names.forEach((name) -> found.put(name, new int[directories.length]));
		int[] all = new int[directories.length];
		for (int i = 0; i < directories.length; i++) {
			for (File file : Objects.requireNonNull(new File(directories[i]).listFiles())) {
				for (RecordedEvent event : RecordingFile.readAllEvents(file.toPath())) {
					if (event.getEventType().getName().equals("jdk.ExecutionSample") && event.getStackTrace() != null
							&& event.getStackTrace().getFrames().stream().noneMatch((frame) -> frame.getMethod().getType().getName().startsWith("jdk.jfr"))) {
						found.get(part(event.getStackTrace().getFrames()))[i]++;
						all[i]++;
					}
				}
			}
		}
		found.forEach((name, counts) -> {
			StringBuilder row = new StringBuilder("| ").append(name).append(" |");
			for (int i = 0; i < directories.length; i++) {
				row.append(String.format(" %.1f |", 100.0 * counts[i] / all[i]));
			}
			System.out.println(row);
		});
		StringBuilder row = new StringBuilder("| samples |");
		Arrays.stream(all).forEach((count) -> row.append(" ").append(count).append(" |"));
		System.out.println(row);
	}

	private static String part(List<RecordedFrame> frames) {
		for (Map<String, List<String>> parts : List.of(WHOLE, PARTS)) {
			for (RecordedFrame frame : frames) {
				String method = frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
				for (Map.Entry<String, List<String>> part : parts.entrySet()) {
					if (part.getValue().stream().anyMatch(method::startsWith)) {
						return part.getKey();
					}
				}
			}
		}
		return REST;
	}

	private static Map<String, List<String>> parts(String... namesAndPrefixes) {
		Map<String, List<String>> parts = new LinkedHashMap<>();
		for (int i = 0; i < namesAndPrefixes.length; i += 2) {
			parts.put(namesAndPrefixes[i], List.of(namesAndPrefixes[i + 1].split(" ")));
		}
		return parts;
	}

}
