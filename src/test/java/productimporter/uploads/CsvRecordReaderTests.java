package productimporter.uploads;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import productimporter.uploads.CsvRecordReader.Defect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The cases in {@code csv-cases/records}.
 */
class CsvRecordReaderTests {

	static Stream<CsvCase> cases() {
		return CsvCase.all("records");
	}

	@ParameterizedTest
	@MethodSource("cases")
	void readsTheRecordsOfTheCase(CsvCase csv) throws IOException {
		List<ReadRecord> records = new ArrayList<>();
		CsvRecordReader reader = new CsvRecordReader(new ByteArrayInputStream(csv.input()), csv.charset(),
				csv.delimiter(), '"', 0, 1);
		Map<String, Object> error = csv.map("error");
		if (error == null) {
			records.addAll(readAll(reader));
		}
		else {
			assertThatExceptionOfType(UnreadableFile.class).isThrownBy(() -> {
				while (true) {
					records.add(ReadRecord.next(reader));
				}
			}).satisfies((ex) -> UnreadableFileAssert.assertMatches(ex, error));
		}
		assertRecords(csv, records);
	}

	private static List<ReadRecord> readAll(CsvRecordReader reader) throws IOException {
		List<ReadRecord> records = new ArrayList<>();
		for (String text = reader.readLine(); text != null; text = reader.readLine()) {
			records.add(new ReadRecord(text, reader.lineNumber(), 0, reader.defect()));
		}
		assertThat(reader.readLine()).isNull();
		return records;
	}

	private static void assertRecords(CsvCase csv, List<ReadRecord> records) {
		List<Map<String, Object>> expected = (csv.records() != null) ? csv.records() : List.of();
		Map<String, Object> summary = csv.map("summary");
		assertThat(records).hasSize((summary != null) ? (int) summary.get("count") : expected.size());
		for (int i = 0; i < expected.size(); i++) {
			Map<String, Object> record = expected.get(i);
			assertThat(records.get(i).line()).isEqualTo((int) record.get("line"));
			assertThat(records.get(i).defect()).hasToString((String) record.getOrDefault("defect", "NONE"));
			assertThat(records.get(i).text().equals(CsvCase.text(record.get("text")))).as("text of record %d", i)
				.isTrue();
		}
		if (summary != null) {
			ReadRecord last = records.get(records.size() - 1);
			assertThat(last.text()).isEqualTo(summary.get("last"));
			assertThat(last.line()).isEqualTo((int) summary.get("last_line"));
			assertThat(records).filteredOn((record) -> record.defect() == Defect.OPEN_QUOTE)
				.hasSize((int) summary.get("open_quotes"));
		}
	}

	@ParameterizedTest
	@MethodSource("cases")
	void readsTheSameHoweverFewBytesCome(CsvCase csv) throws IOException {
		byte[] file = csv.input();
		List<ReadRecord> whole = sample(csv, file, 0, 1, Integer.MAX_VALUE);
		for (int bytesAtATime : (file.length < 10_000) ? new int[] { 1, 2, 3, 5, 7 } : new int[] { 1, 60_001 }) {
			assertThat(sample(csv, file, 0, 1, bytesAtATime).equals(whole)).isTrue();
		}
	}

	@ParameterizedTest
	@MethodSource("cases")
	void goesOnFromTheOffsetOfAnyRecord(CsvCase csv) throws IOException {
		byte[] file = csv.input();
		List<ReadRecord> whole = sample(csv, file, 0, 1, Integer.MAX_VALUE);
		for (int i = 0; i < whole.size() && i < 20; i++) {
			ReadRecord record = whole.get(i);
			if (record.byteOffset() >= 0) {
				assertThat(sample(csv, file, record.byteOffset(), record.line(), Integer.MAX_VALUE)
					.equals(whole.subList(i, whole.size()))).isTrue();
			}
		}
	}

	/** Of many records only the first hundred, to save time. */
	private static List<ReadRecord> sample(CsvCase csv, byte[] file, long firstByte, long firstLine, int bytesAtATime)
			throws IOException {
		CsvRecordReader reader = ReadRecord.reader(file, csv.charset(), csv.delimiter(), firstByte, firstLine,
				bytesAtATime);
		if (csv.map("summary") == null) {
			return ReadRecord.all(reader);
		}
		String first = reader.readLine();
		return List.of(new ReadRecord(first, reader.lineNumber(), reader.byteOffset(), reader.defect()));
	}

	@Test
	void closesTheStream() throws IOException {
		boolean[] closed = new boolean[1];
		new CsvRecordReader(new ByteArrayInputStream("a".getBytes(UTF_8)) {
			@Override
			public void close() {
				closed[0] = true;
			}
		}, UTF_8, ',', '"', 0, 1).close();
		assertThat(closed[0]).isTrue();
	}

}
