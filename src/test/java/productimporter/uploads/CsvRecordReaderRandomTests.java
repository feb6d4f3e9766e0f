package productimporter.uploads;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import productimporter.uploads.CsvRecordReader.Defect;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random tables; a failure names its seed.
 */
class CsvRecordReaderRandomTests {

	private static final String[] PIECES = { "a", "B", "7", " ", ",", ";", "\"", "\"\"", "\n", "\r\n", "\r", "é", "€",
			"\uD83D\uDE00", "#", "\\", "\t", "pipe", "\u2028" };

	private static final List<Charset> CHARSETS = List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE,
			StandardCharsets.UTF_16BE);

	static IntStream seeds() {
		return IntStream.range(0, 300);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void readsBackWhatFastCsvWrites(int seed) throws IOException {
		Random random = new Random(seed);
		char delimiter = ",;\t|".charAt(random.nextInt(4));
		Charset charset = CHARSETS.get(random.nextInt(3));
		List<List<String>> table = randomTable(random);
		byte[] file = write(table, delimiter, random).getBytes(charset);

		List<ReadRecord> records = ReadRecord.all(ReadRecord.reader(file, charset, delimiter, 0, 1, file.length + 1));

		CsvReader.CsvReaderBuilder fastCsv = CsvReader.builder().fieldSeparator(delimiter);
		assertThat(records).allMatch((record) -> record.defect() == Defect.NONE);
		assertThat(records).extracting((record) -> fastCsv.ofSingleCsvRecord(record.text()).getFields())
			.isEqualTo(table);
		int cut = random.nextInt(records.size());
		ReadRecord first = records.get(cut);
		assertThat(ReadRecord
			.all(ReadRecord.reader(file, charset, delimiter, first.byteOffset(), first.line(), 1 + random.nextInt(9))))
			.isEqualTo(records.subList(cut, records.size()));
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void readsAnyTextTheSameFromAnyRecordOnAndByAnyBytes(int seed) throws IOException {
		Random random = new Random(seed);
		Charset charset = CHARSETS.get(random.nextInt(3));
		byte[] file = randomText(random, 400).getBytes(charset);

		List<ReadRecord> records = ReadRecord.all(ReadRecord.reader(file, charset, ',', 0, 1, file.length + 1));

		assertThat(ReadRecord.all(ReadRecord.reader(file, charset, ',', 0, 1, 1))).isEqualTo(records);
		for (int i = 0; i < records.size(); i++) {
			ReadRecord first = records.get(i);
			assertThat(ReadRecord
				.all(ReadRecord.reader(file, charset, ',', first.byteOffset(), first.line(), 1 + random.nextInt(9))))
				.isEqualTo(records.subList(i, records.size()));
		}
	}

	@Test
	void refusesExactlyTheRowsWithAStrayQuote() throws IOException {
		for (int seed = 0; seed < 10; seed++) {
			Random random = new Random(seed);
			int stray = random.nextInt(100_000);
			StringBuilder file = new StringBuilder();
			for (int i = 0; i < 100_000; i++) {
				String row = "A-" + i + ((i % 3 == 0) ? ",\"quoted, \"\"text\"\"\",x" : ",plain text,x");
				file.append((i == stray) ? row.replace(",x", ",\"x") : row).append("\r\n");
			}
			byte[] bytes = file.toString().getBytes(StandardCharsets.UTF_8);

			List<Long> refused = new ArrayList<>();
			CsvRecordReader reader = ReadRecord.reader(bytes, StandardCharsets.UTF_8, ',', 0, 1, bytes.length);
			int count = 0;
			for (String row = reader.readLine(); row != null; row = reader.readLine()) {
				assertThat(row).startsWith("A-" + count++ + ",");
				if (reader.defect() == Defect.OPEN_QUOTE) {
					refused.add(reader.lineNumber());
				}
			}

			assertThat(refused).containsExactly(stray + 1L);
			assertThat(count).isEqualTo(100_000);
		}
	}

	private static String write(List<List<String>> table, char delimiter, Random random) throws IOException {
		StringWriter out = new StringWriter();
		LineDelimiter[] lineEnds = { LineDelimiter.LF, LineDelimiter.CRLF, LineDelimiter.CR };
		CsvWriter.CsvWriterBuilder builder = CsvWriter.builder()
			.fieldSeparator(delimiter)
			.lineDelimiter(lineEnds[random.nextInt(3)]);
		try (CsvWriter writer = (random.nextBoolean() ? builder
				: builder.quoteStrategy(random.nextBoolean() ? QuoteStrategies.ALWAYS : QuoteStrategies.NON_EMPTY))
			.build(out)) {
			table.forEach(writer::writeRecord);
		}
		return out.toString();
	}

	private static List<List<String>> randomTable(Random random) {
		int columns = 1 + random.nextInt(5);
		List<List<String>> table = new ArrayList<>();
		for (int row = 0; row <= random.nextInt(200); row++) {
			List<String> cells = new ArrayList<>();
			cells.add("x" + randomText(random, random.nextInt(8)));
			while (cells.size() < columns) {
				int longest = (random.nextInt(500) == 0) ? 100_000 : 12;
				cells.add(randomText(random, random.nextInt(longest)));
			}
			table.add(cells);
		}
		return table;
	}

	private static String randomText(Random random, int pieces) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < pieces; i++) {
			text.append(PIECES[random.nextInt(PIECES.length)]);
		}
		return text.toString();
	}

}
