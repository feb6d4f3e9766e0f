package productimporter.uploads;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What can be seen of a file by someone who is to say how it is read: as it was found, as
 * somebody says it is, and with a guess where neither is known.
 *
 * @param charset in which it is shown
 * @param delimiter by which it is shown
 * @param quote what cells are quoted with, {@link CsvOptions#NO_QUOTE} for nothing
 * @param hasHeader whether the first line names the columns
 * @param decimal {@code null}: no price says
 * @param columns the names of the columns, or their numbers, from 1
 * @param mapping field to index of its column, from 0; fields without one are not there
 * @param rows the first data records
 */
public record FormatPreview(Charset charset, char delimiter, char quote, boolean hasHeader, @Nullable Character decimal,
		List<String> columns, Map<String, Integer> mapping, List<Row> rows) {

	/** How many rows it has, at most. */
	public static final int ROWS = 5;

	/**
	 * Look into a file as far as {@link CsvFormat#inspect} does.
	 * @param in positioned on the file's first byte; not closed
	 * @param options what somebody says of it
	 * @throws UnreadableFile if it can't be read in any way
	 * @throws IOException if the stream can't be read
	 */
	public static FormatPreview of(InputStream in, CsvOptions options) throws IOException {
		byte[] start = in.readNBytes(CsvHeader.MAX_BYTES);
		return new FormatInspection(new ByteArrayInputStream(start), readable(start, options)).preview();
	}

	/**
	 * Look into a file for the run that it is from, if it is one of refused rows.
	 * @param in positioned on the file's first byte; not closed
	 * @param options what somebody says of it
	 * @return as it says in the first rows, whether there is such a run or not;
	 * {@code null} if it doesn't
	 * @throws IOException if the stream can't be read
	 */
	public static @Nullable UUID refusedInRun(InputStream in, CsvOptions options) throws IOException {
		byte[] start = in.readNBytes(CsvHeader.MAX_BYTES);
		try {
			return options.header()
					? new FormatInspection(new ByteArrayInputStream(start), readable(start, options)).refusedInRun()
					: null;
		}
		catch (UnreadableFile ex) {
			return null;
		}
	}

	/** With an encoding in which every byte can be shown, if the file says none. */
	private static CsvOptions readable(byte[] start, CsvOptions options) {
		try {
			TextEncoding.of(start, start.length < CsvHeader.MAX_BYTES, options.encoding());
			return options;
		}
		catch (UnreadableFile ex) {
			if (ex.option() == null) {
				throw ex;
			}
			Charset guess = CsvOptions.known(ex.guess());
			return options.inEncoding(ex.code().equals("encoding_contradicted") ? null
					: (guess != null) ? guess : StandardCharsets.ISO_8859_1);
		}
	}

	/** The name of a character by which {@link CsvOptions#of} knows it. */
	public static String nameOf(char delimiter) {
		return (delimiter == '\t') ? "tab" : String.valueOf(delimiter);
	}

	/**
	 * A record.
	 *
	 * @param line on which it begins, from 1
	 * @param cells one for each column; those that are missing are empty
	 */
	public record Row(long line, List<String> cells) {
	}

}
