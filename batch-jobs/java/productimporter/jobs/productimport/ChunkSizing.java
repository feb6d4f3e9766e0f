package productimporter.jobs.productimport;

/**
 * Chooses the size of a chunk so that its text stays within bounds: a chunk is held in
 * memory, as rows and as what pgjdbc sends, once a partition. Tries the largest size, a
 * tenth of it and so on.
 */
final class ChunkSizing {

	/**
	 * The heaviest chunk, in chars. A chunk touches at most two of the aligned windows that
	 * are weighed, so each of these may have half of it.
	 */
	static final int MAX_CHARS = 8 << 20;

	private final int[] sizes;

	private final long[] weight;

	private final long[] heaviest;

	private long records;

	/**
	 * Begin a file.
	 * @param largest the size to prefer, in records
	 */
	ChunkSizing(int largest) {
		this.sizes = new int[(int) Math.log10(largest) + 2];
		for (int i = 0, size = largest; i < this.sizes.length; i++, size /= 10) {
			this.sizes[i] = Math.max(1, size);
		}
		this.weight = new long[this.sizes.length];
		this.heaviest = new long[this.sizes.length];
	}

	/**
	 * The next record.
	 * @param chars its length
	 */
	void add(int chars) {
		for (int i = 0; i < this.sizes.length; i++) {
			this.weight[i] = (this.records % this.sizes[i] == 0) ? chars : this.weight[i] + chars;
			this.heaviest[i] = Math.max(this.heaviest[i], this.weight[i]);
		}
		this.records++;
	}

	/**
	 * The size to use.
	 * @return records a chunk, 1 or more
	 */
	int size() {
		for (int i = 0; i < this.sizes.length; i++) {
			if (this.heaviest[i] <= MAX_CHARS / 2) {
				return this.sizes[i];
			}
		}
		return 1;
	}

}
