package productimporter.access;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import de.siegmar.fastcsv.writer.CsvWriter;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import productimporter.platform.RequestRefused;
import productimporter.platform.StrictParameters;

/**
 * The calls below {@code /audit}.
 */
@RestController
@RequestMapping("/audit")
@StrictParameters
class AuditController {

	private static final int SIZE = 100;

	private static final int EXPORTED_AT_ONCE = 1_000;

	private final AuditTable table;

	AuditController(AuditTable table) {
		this.table = table;
	}

	/**
	 * A page, newest first.
	 * @param before {@code next} of the page before
	 */
	@GetMapping
	Entries list(@ModelAttribute AuditFilter filter, @RequestParam @Nullable Long before) {
		if (before != null && before < 1) {
			throw new RequestRefused(HttpStatus.BAD_REQUEST, "before_invalid",
					"Take before from next of an answer, or leave it out.", "before");
		}
		List<AuditTable.Entry> items = this.table.page(filter, (before != null) ? before : Long.MAX_VALUE, SIZE);
		return new Entries(items, (items.size() == SIZE) ? items.get(SIZE - 1).id() : null);
	}

	@GetMapping("/export")
	void export(@ModelAttribute AuditFilter filter, HttpServletResponse response) throws IOException {
		response.setContentType("text/csv;charset=UTF-8");
		response.setHeader("Content-Disposition", "attachment; filename=\"audit.csv\"");
		Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
		CsvWriter csv = CsvWriter.builder().build(out);
		csv.writeRecord("time", "user", "via", "address", "action", "subject", "status", "details");
		List<AuditTable.Entry> entries = this.table.page(filter, Long.MAX_VALUE, EXPORTED_AT_ONCE);
		while (!entries.isEmpty()) {
			for (AuditTable.Entry entry : entries) {
				csv.writeRecord(entry.at().toString(), cell(entry.actor()), cell(entry.via()), cell(entry.address()),
						cell(entry.action()), cell(entry.subject()),
						(entry.status() != null) ? entry.status().toString() : "", cell(entry.details()));
			}
			entries = this.table.page(filter, entries.get(entries.size() - 1).id(), EXPORTED_AT_ONCE);
		}
		csv.flush();
		out.flush();
	}

	/** A text that no spreadsheet takes for a formula. */
	static String cell(@Nullable String text) {
		if (text == null) {
			return "";
		}
		return (!text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0) ? "'" + text : text;
	}

	/**
	 * A page of the audit.
	 *
	 * @param next for {@code before} of the next page, or {@code null} at the end
	 */
	record Entries(List<AuditTable.Entry> items, @Nullable Long next) {
	}

}
