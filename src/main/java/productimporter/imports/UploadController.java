package productimporter.imports;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import productimporter.platform.RequestRefused;
import productimporter.platform.StrictParameters;
import productimporter.uploads.CsvFormat;
import productimporter.uploads.ProductColumns;
import productimporter.uploads.ReceivedUpload;
import productimporter.uploads.StoredUpload;
import productimporter.uploads.Unpacked;
import productimporter.uploads.Uploads;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The calls below {@code /upload}.
 */
@RestController
@RequestMapping("/upload")
@StrictParameters
class UploadController {

	private static final int PAGE_SIZE = 50;

	private final Uploads uploads;

	private final UploadCheck check;

	private final ImportRuns runs;

	private final RefusedRowsCsv refusedRows;

	private final DryRuns dryRuns;

	UploadController(Uploads uploads, UploadCheck check, ImportRuns runs, RefusedRowsCsv refusedRows, DryRuns dryRuns) {
		this.uploads = uploads;
		this.check = check;
		this.runs = runs;
		this.refusedRows = refusedRows;
		this.dryRuns = dryRuns;
	}

	@PostMapping
	ResponseEntity<Accepted> upload(HttpServletRequest request) {
		ReceivedUpload received = this.uploads.receive(request);
		StoredUpload file = received.file();
		CheckedFile checked = this.check.check(received);
		CsvFormat format = checked.format();
		UUID run = this.runs.queue(file, checked, UploadCheck.notifyAddress(received));
		return ResponseEntity.accepted()
			.location(URI.create("/upload/status/" + run))
			.body(new Accepted(run, file.filename(), file.sizeBytes(), file.sha256(),
					(checked.question() != null) ? RunStatus.NEEDS_INPUT : RunStatus.QUEUED,
					(format != null) ? Understood.of(format) : null, checked.question(),
					(format != null) ? format.columns().ignored() : List.of(), file.unpacked(), checked.parent()));
	}

	@GetMapping
	History history(@RequestParam(defaultValue = "1") int page) {
		if (page < 1) {
			throw new RequestRefused(HttpStatus.BAD_REQUEST, "page_invalid", "Pages are counted from 1.", "page");
		}
		long total = this.runs.count();
		return new History(this.runs.history(page, PAGE_SIZE), page, PAGE_SIZE, total,
				(total + PAGE_SIZE - 1) / PAGE_SIZE);
	}

	@GetMapping("/status/{taskId}")
	ImportStatus status(@PathVariable UUID taskId) {
		return this.runs.status(taskId);
	}

	@GetMapping("/errors/{taskId}")
	void errors(@PathVariable UUID taskId, HttpServletResponse response) throws IOException {
		ImportStatus status = this.runs.status(taskId);
		CsvFormat format = this.refusedRows.format(taskId);
		response.setContentType("text/csv;charset=UTF-8");
		response.setHeader("Content-Disposition", "attachment; filename=\"refused-rows-" + taskId + ".csv\"");
		this.refusedRows.write(status.taskId(), format, response.getOutputStream());
	}

	@PostMapping("/retry/{taskId}")
	ResponseEntity<Map<String, Object>> retry(@PathVariable UUID taskId) {
		this.runs.retry(taskId);
		return accepted(taskId);
	}

	@PostMapping("/stop/{taskId}")
	ResponseEntity<Map<String, Object>> stop(@PathVariable UUID taskId) {
		this.runs.stop(taskId);
		return accepted(taskId);
	}

	/** What a dry run would have done. */
	@GetMapping("/diff/{taskId}")
	DryRuns.Diff diff(@PathVariable UUID taskId, @RequestParam(defaultValue = "all") String kind,
			@RequestParam(required = false) @Nullable String after, @RequestParam(defaultValue = "100") int size) {
		if (size < 1 || size > 500) {
			throw new RequestRefused(HttpStatus.BAD_REQUEST, "size_invalid", "A page has 1 to 500 products.", "size");
		}
		DryRunChange.Kind shown = DryRunChange.Kind.of(kind)
			.orElseThrow(() -> new RequestRefused(HttpStatus.BAD_REQUEST, "kind_invalid",
					"kind is all, created, updated or price_halved.", "kind"));
		return this.dryRuns.diff(this.runs.status(taskId), shown, after, size);
	}

	/** Answers what an import waits for. */
	@PostMapping("/mapping/{taskId}")
	ResponseEntity<Map<String, Object>> answer(@PathVariable UUID taskId, @RequestParam Map<String, String> fields) {
		this.runs.answer(taskId, UploadCheck.withoutToken(fields));
		return accepted(taskId);
	}

	/** Imports the same stored file again, as a run of its own. */
	@PostMapping("/again/{taskId}")
	ResponseEntity<Map<String, Object>> again(@PathVariable UUID taskId, @RequestParam Map<String, String> fields) {
		return accepted(this.runs.again(taskId, UploadCheck.withoutToken(fields)));
	}

	private ResponseEntity<Map<String, Object>> accepted(UUID taskId) {
		return ResponseEntity.accepted()
			.location(URI.create("/upload/status/" + taskId))
			.body(Map.of("task_id", taskId, "status", this.runs.status(taskId).status()));
	}

	/**
	 * The answer to an upload.
	 *
	 * @param understood how the file is read, {@code null} when that is the question
	 * @param question what has to be answered by {@code POST /upload/mapping/{task_id}},
	 * {@code null} when nothing
	 * @param ignoredColumns columns of the file that hold no field of a product
	 * @param unpacked what was read of a gzip file, zip archive or workbook
	 * @param parentTaskId the run whose refused rows the file corrects, {@code null} for
	 * any other file
	 */
	record Accepted(UUID taskId, String filename, long sizeBytes, String sha256, RunStatus status,
			@Nullable Understood understood, @Nullable Question question, List<String> ignoredColumns,
			@Nullable Unpacked unpacked, @Nullable UUID parentTaskId) {
	}

	/**
	 * How a file is read, whether that was said or found.
	 *
	 * @param delimiter a character, or {@code tab}
	 * @param quote a character, or {@code none}
	 * @param decimal {@code null} when no price told it: then a full stop
	 * @param columns field to name of its column
	 */
	record Understood(String encoding, String delimiter, String quote, boolean header, @Nullable Character decimal,
			Map<String, String> columns) {

		static Understood of(CsvFormat format) {
			Map<String, String> options = format.options();
			Map<String, String> columns = new LinkedHashMap<>();
			for (String field : ProductColumns.FIELDS) {
				int column = format.columns().of(field);
				if (column >= 0) {
					columns.put(field, format.header().get(column));
				}
			}
			return new Understood(options.getOrDefault("encoding", ""), options.getOrDefault("delimiter", ""),
					options.getOrDefault("quote", ""), format.hasHeader(), format.decimal(), columns);
		}

	}

	/** A page of runs, newest first. */
	record History(List<ImportStatus> items, int page, int size, long total, long pages) {
	}

}
