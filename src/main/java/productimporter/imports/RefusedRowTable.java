package productimporter.imports;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

import productimporter.platform.InWords;

/**
 * Every statement of {@code refused_row}.
 */
@Repository
class RefusedRowTable {

	private static final int LONGEST_VALUE = 200;

	private final JdbcTemplate jdbc;

	RefusedRowTable(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	void forget(UUID run) {
		this.jdbc.update("DELETE FROM refused_row WHERE run_id = ?", run);
	}

	/** Call inside a transaction. */
	void add(UUID run, List<RefusedRow> rows) {
		List<@Nullable Object[]> lines = new ArrayList<>();
		for (RefusedRow row : rows) {
			for (int i = 0; i < row.problems().size(); i++) {
				RefusedRow.Problem problem = row.problems().get(i);
				lines.add(new @Nullable Object[] { run, row.recordNumber(), i, row.lineNumber(),
						printable(problem.column()), printable(problem.value()), problem.code(),
						printable(problem.reason()), (i == 0) ? row.raw().getBytes(StandardCharsets.UTF_8) : null });
			}
		}
		this.jdbc.batchUpdate("""
				INSERT INTO refused_row (run_id, record_number, problem_number, line_number, column_name, value, code,
				reason, raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""", lines);
	}

	/**
	 * The next refused rows of a run, in the order of its file: up to 200, and no more
	 * than 4 MiB of their text but for one row.
	 * @param after number of the record after which to begin, -1 for the first page
	 * @return empty after the last
	 */
	List<RefusedRow> after(UUID run, int after) {
		List<RefusedRow> rows = new ArrayList<>();
		this.jdbc.query("""
				WITH page AS (
				    SELECT record_number, sum(length(raw)) OVER (ORDER BY record_number) - length(raw) AS before
				    FROM (SELECT record_number, raw FROM refused_row
				          WHERE run_id = ? AND record_number > ? AND problem_number = 0
				          ORDER BY record_number LIMIT 200) AS next)
				SELECT record_number, line_number, column_name, value, code, reason, raw FROM refused_row
				WHERE run_id = ? AND record_number > ?
				AND record_number <= (SELECT max(record_number) FROM page WHERE before < 4194304)
				ORDER BY record_number, problem_number""", (row) -> {
			byte[] raw = row.getBytes("raw");
			if (raw != null) {
				rows.add(new RefusedRow(row.getInt("record_number"), row.getLong("line_number"),
						new String(raw, StandardCharsets.UTF_8), new ArrayList<>()));
			}
			rows.get(rows.size() - 1)
				.problems()
				.add(new RefusedRow.Problem(row.getString("column_name"), row.getString("value"), row.getString("code"),
						row.getString("reason")));
		}, run, after, run, after);
		return rows;
	}

	long count(UUID run) {
		Long count = this.jdbc.queryForObject("SELECT count(*) FROM refused_row WHERE run_id = ?", Long.class, run);
		return (count != null) ? count : 0;
	}

	/** A page of the problems, without the rows' own text. */
	List<RefusedPage.Line> page(UUID run, int size, long offset) {
		return this.jdbc.query("""
				SELECT line_number, column_name, value, reason FROM refused_row
				WHERE run_id = ? ORDER BY record_number, problem_number LIMIT ? OFFSET ?""",
				(row, number) -> new RefusedPage.Line(InWords.count(row.getLong("line_number")),
						row.getString("column_name"), row.getString("value"), row.getString("reason")),
				run, size, offset);
	}

	/** Text can't hold NUL; a shortened value says so by its ellipsis. */
	static @Nullable String printable(@Nullable String text) {
		if (text == null) {
			return null;
		}
		String shown = (text.length() > LONGEST_VALUE) ? text.substring(0,
				Character.isHighSurrogate(text.charAt(LONGEST_VALUE - 1)) ? LONGEST_VALUE - 1 : LONGEST_VALUE) + "…"
				: text;
		StringBuilder printable = null;
		for (int i = 0; i < shown.length(); i++) {
			char c = shown.charAt(i);
			if (c < ' ' || c == 0x7f) {
				if (printable == null) {
					printable = new StringBuilder(shown);
				}
				// the Unicode pictures of control characters
				printable.setCharAt(i, (c == 0x7f) ? '\u2421' : (char) (0x2400 + c));
			}
		}
		return (printable != null) ? printable.toString() : shown;
	}

}
