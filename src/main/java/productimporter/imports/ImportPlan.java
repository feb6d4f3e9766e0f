package productimporter.imports;

import java.util.BitSet;
import java.util.List;

/**
 * What validation decided and every attempt to import keeps to, so that a restart does
 * what the first attempt would have done.
 *
 * @param rowsTotal data records in the file
 * @param refused records that broke a rule, numbered from 0
 * @param superseded accepted records whose SKU comes again in a later accepted record
 * @param chunkSize records a chunk, 1 or more
 * @param ranges contiguous, in order, together all records of the file
 */
public record ImportPlan(long rowsTotal, BitSet refused, BitSet superseded, int chunkSize, List<Range> ranges) {

	/**
	 * A part of the file that one partition imports.
	 *
	 * @param number from 0
	 * @param firstByte offset in the file of its first record, from 0
	 * @param firstLine line on which its first record begins, from 1
	 * @param firstRecord number of its first record, from 0
	 * @param records how many records, 1 or more
	 */
	public record Range(int number, long firstByte, long firstLine, int firstRecord, int records) {
	}

}
