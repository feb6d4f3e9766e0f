package productimporter.uploads;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import productimporter.platform.RequestRefused;

/**
 * What a fuzzer calls with any bytes: finds the format of a file, shows it, reads all its
 * records, and reads them again from one in the middle. Whatever comes, it is either read
 * or refused by name, and what is read doesn't depend on where reading began.
 */
public final class FuzzCsv {

	private static final List<Map<String, String>> OPTIONS = List.of(Map.of(), Map.of("delimiter", ";", "decimal", ","),
			Map.of("encoding", "windows-1252"), Map.of("header", "false", "mapping", "{\"sku\":\"1\",\"name\":\"2\"}"),
			Map.of("quote", "single"), Map.of("quote", "none"), Map.of("encoding", "utf-16le"),
			Map.of("mapping", "{\"price\":null}"));

	private FuzzCsv() {
	}

	/** The first byte chooses options, the others are the file. */
	public static void fuzzerTestOneInput(byte[] data) throws IOException {
		if (data.length < 2) {
			return;
		}
		CsvOptions options = CsvOptions.of(OPTIONS.get(Byte.toUnsignedInt(data[0]) % OPTIONS.size()));
		byte[] file = Arrays.copyOfRange(data, 1, data.length);
		try {
			FormatPreview.of(new ByteArrayInputStream(file), options);
		}
		catch (UnreadableFile ex) {
			require(!ex.getMessage().isBlank(), "a message");
		}
		try {
			CsvFormat format = CsvFormat.inspect(new ByteArrayInputStream(file), options);
			read(file, format);
			require(CsvFormat.inspect(new ByteArrayInputStream(file), CsvOptions.of(format.options())).equals(format),
					"the same format by what was found");
		}
		catch (UnreadableFile ex) {
			require(!ex.code().isBlank(), "a code");
		}
		catch (RequestRefused ex) {
			throw new AssertionError("what was found is no option", ex);
		}
	}

	private static void read(byte[] file, CsvFormat format) throws IOException {
		List<ReadRecord> records = records(file, format.charset(), format, format.firstByte(), format.firstLine());
		require(!records.isEmpty() && records.size() <= file.length, "a record for some bytes");
		ReadRecord middle = records.get(records.size() / 2);
		if (middle.byteOffset() >= 0) {
			List<ReadRecord> rest = records(file, format.charset(), format, middle.byteOffset(), middle.line());
			require(rest.equals(records.subList(records.size() / 2, records.size())), "the same from the middle on");
		}
	}

	private static List<ReadRecord> records(byte[] file, Charset charset, CsvFormat format, long firstByte,
			long firstLine) throws IOException {
		return ReadRecord
			.all(new CsvRecordReader(new ByteArrayInputStream(file, (int) firstByte, file.length - (int) firstByte),
					charset, format.delimiter(), format.quote(), firstByte, firstLine));
	}

	private static void require(boolean holds, String what) {
		if (!holds) {
			throw new AssertionError("not " + what);
		}
	}

}
