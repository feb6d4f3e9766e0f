package productimporter.imports;

/**
 * What became of rows. Immutable; each figure is 0 or more.
 *
 * @param created products that were not there before
 * @param updated products of which a value changed
 * @param unchanged products that had the same values already, not written
 * @param superseded rows whose SKU comes again in a later accepted row of the file
 * @param rejected rows that broke a rule
 */
public record RowCounts(long created, long updated, long unchanged, long superseded, long rejected) {

	public static final RowCounts NONE = new RowCounts(0, 0, 0, 0, 0);

	public RowCounts plus(RowCounts more) {
		return new RowCounts(this.created + more.created, this.updated + more.updated, this.unchanged + more.unchanged,
				this.superseded + more.superseded, this.rejected + more.rejected);
	}

	/**
	 * The rows that these counts account for.
	 * @return the sum of the five
	 */
	public long rows() {
		return this.created + this.updated + this.unchanged + this.superseded + this.rejected;
	}

}
