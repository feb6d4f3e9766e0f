package productimporter.uploads;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The columns that a file of refused rows has behind those of the file that they are
 * from. By them it is known when it comes back.
 */
public final class RefusedColumns {

	/**
	 * The last of them: the id of the run that refused the rows, in every line. Unlike a
	 * file name it survives a spreadsheet, a copy and a program in between.
	 */
	public static final String RUN = "refused_in_run";

	/** What is wrong, and where. */
	private static final List<String> PROBLEM = List.of("line", "column", "value", "code", "reason");

	/** All of them, in their order. */
	public static final List<String> NAMES = Stream.concat(PROBLEM.stream(), Stream.of(RUN)).toList();

	private static final Pattern ID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

	private RefusedColumns() {
	}

	/**
	 * The columns of a file that are its own: of a file of refused rows those of the file
	 * before, so that they don't grow with each correction.
	 * @return indexes from 0, in order
	 */
	public static List<Integer> own(List<String> header) {
		int problem = Collections.lastIndexOfSubList(header, PROBLEM);
		return IntStream.range(0, header.size())
			.filter((i) -> problem <= 0 || i < problem || i >= problem + PROBLEM.size())
			.filter((i) -> !header.get(i).equals(RUN))
			.boxed()
			.toList();
	}

	/** The run that a cell names. */
	static Optional<UUID> run(String cell) {
		return ID.matcher(cell.strip()).matches() ? Optional.of(UUID.fromString(cell.strip())) : Optional.empty();
	}

	/** Whether a file with this header was written as a file of refused rows. */
	static boolean areIn(List<String> header) {
		int own = header.size() - PROBLEM.size();
		return header.contains(RUN) || (own > 0 && header.subList(own, header.size()).equals(PROBLEM));
	}

}
