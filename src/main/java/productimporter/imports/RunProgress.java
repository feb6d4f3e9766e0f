package productimporter.imports;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * How far a run of this node is, in memory: told by the job (of chunks after their
 * commit), read by who publishes it. Thread-safe; none of its methods blocks.
 */
public final class RunProgress {

	/** Parsing ends at this percentage of the job. */
	static final double PARSED = 10;

	/** Validation ends at this percentage of the job. */
	static final double VALIDATED = 20;

	private volatile double percent;

	private volatile boolean checking;

	private volatile long checked;

	private volatile long refused;

	private volatile @Nullable Long rowsTotal;

	/** Of a bulk delete; {@code null} when it is none. */
	private volatile @Nullable Long deleted;

	/** What an earlier attempt told; it holds until this one gets to the rows. */
	private final Snapshot before;

	private final Runnable changed;

	private final Map<Integer, RowCounts> ranges = new ConcurrentHashMap<>();

	/**
	 * Progress that goes on.
	 * @param before how far the run was before
	 * @param changed called after each change; must not block
	 */
	RunProgress(Snapshot before, Runnable changed) {
		this.percent = before.percent();
		this.before = before;
		this.changed = changed;
	}

	/**
	 * Inspection is done.
	 */
	public void parsed() {
		advance(PARSED);
	}

	/**
	 * Validation goes on.
	 * @param rows rows checked so far
	 * @param refusedRows of them, rows refused
	 * @param fraction share of the file that is checked, 0 to 1
	 */
	public void validated(long rows, long refusedRows, double fraction) {
		this.checking = true;
		this.checked = rows;
		this.refused = refusedRows;
		advance(PARSED + (VALIDATED - PARSED) * Math.min(1, fraction));
	}

	/**
	 * The import begins, or goes on.
	 * @param rows data records in the file
	 */
	public void importing(long rows) {
		this.rowsTotal = rows;
		imported();
	}

	/**
	 * A chunk is committed.
	 * @param range the range's number
	 * @param counts of the range from its start
	 */
	public void imported(int range, RowCounts counts) {
		this.ranges.put(range, counts);
		imported();
	}

	/**
	 * A bulk delete begins, goes on, or has committed a chunk.
	 * @param total how many products matched when it began
	 * @param deletedSoFar how many of them are deleted, over all attempts
	 */
	public void deleted(long total, long deletedSoFar) {
		this.deleted = deletedSoFar;
		this.rowsTotal = total;
		advance((total > 0) ? 100.0 * deletedSoFar / total : 0);
	}

	private void imported() {
		Long total = this.rowsTotal;
		if (total != null && total > 0) {
			advance(VALIDATED + (100 - VALIDATED) * counts().rows() / total);
		}
	}

	RowCounts counts() {
		return this.ranges.values().stream().reduce(RowCounts.NONE, RowCounts::plus);
	}

	Snapshot snapshot() {
		Long total = this.rowsTotal;
		if (total == null && !this.checking) {
			return new Snapshot(this.percent, null, this.before.rowsRead(), this.before.counts());
		}
		if (total == null) {
			return new Snapshot(this.percent, null, this.checked, new RowCounts(0, 0, 0, 0, this.refused));
		}
		Long gone = this.deleted;
		if (gone != null) {
			return new Snapshot(this.percent, total, gone, RowCounts.NONE);
		}
		RowCounts counts = counts();
		return new Snapshot(this.percent, total, counts.rows(), counts);
	}

	private void advance(double to) {
		raise(Math.min(100, to));
		this.changed.run();
	}

	private synchronized void raise(double to) {
		this.percent = Math.max(this.percent, to);
	}

	/**
	 * The progress at a moment.
	 *
	 * @param percent of the whole job
	 * @param rowsTotal {@code null} until they are counted
	 * @param rowsRead rows done in the present phase
	 */
	record Snapshot(double percent, @Nullable Long rowsTotal, long rowsRead, RowCounts counts) {
	}

}
