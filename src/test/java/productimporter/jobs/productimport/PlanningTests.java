package productimporter.jobs.productimport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import productimporter.imports.ImportOptions.Duplicates;
import productimporter.imports.ImportPlan;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What validation makes of the file: superseded records, ranges, size of a chunk.
 */
class PlanningTests {

	@TempDir
	Path directory;

	@Test
	void ofEachSkuOnlyTheLastRecordIsNotSuperseded() throws Exception {
		Path own = this.directory.resolve("skus");
		Random random = new Random(1);
		BitSet expected = new BitSet();
		Map<String, Integer> last = new HashMap<>();
		try (DuplicateSkus duplicates = new DuplicateSkus(own, Duplicates.LAST)) {
			for (int record = 0; record < 50_000; record += 1 + random.nextInt(2)) {
				String sku = "sku-" + random.nextInt(20_000);
				duplicates.add(sku, record, record + 2);
				Integer earlier = last.put(sku, record);
				if (earlier != null) {
					expected.set(earlier);
				}
			}
			assertThat(duplicates.superseded()).isEqualTo(expected);
		}
		assertThat(own).doesNotExist();
	}

	@Test
	void eachOfTheRecordsWithOneSkuKnowsTheLineOfAnother() {
		try (DuplicateSkus duplicates = new DuplicateSkus(this.directory.resolve("skus"), Duplicates.REFUSE)) {
			List<String> skus = List.of("a", "b", "a", "c", "a");
			for (int record = 0; record < skus.size(); record++) {
				duplicates.add(skus.get(record), record, 10 + record);
			}
			assertThat(duplicates.superseded()).isEqualTo(new BitSet());
			assertThat(LongStream.range(0, 5).map((record) -> duplicates.twins().of((int) record))).containsExactly(12L,
					0L, 10L, 0L, 10L);
			assertThat(duplicates.twins().end()).isEqualTo(5);
		}
	}

	@Test
	void ofSeveralLinesTheFirstCountsWhereverTheRecordsAre() throws Exception {
		Random random = new Random(2);
		Map<Integer, Long> expected = new HashMap<>();
		int records = 10_000;
		try (TwinLines twins = new TwinLines(this.directory, records)) {
			for (int i = 0; i < records; i++) {
				int record = random.nextInt(records - 100);
				twins.add(record, i + 2L);
				expected.putIfAbsent(record, i + 2L);
			}
			twins.written();
			assertThat(twins.end())
				.isEqualTo(expected.keySet().stream().mapToInt((record) -> record).max().orElse(0) + 1);
			for (int record = 0; record < records; record++) {
				assertThat(twins.of(record)).isEqualTo(expected.getOrDefault(record, 0L));
			}
		}
	}

	/** A map of them took 72 bytes a record. */
	@Test
	void theMemoryForTwinsDoesNotGrowWithTheirNumber() throws Exception {
		Path out = this.directory.resolve("out");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx32m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), TwinsMain.class.getName(),
				this.directory.resolve("skus").toString(), "2000000")
			.redirectErrorStream(true)
			.redirectOutput(out.toFile())
			.start();
		try {
			assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		assertThat(Files.readString(out).strip()).isEqualTo("2000000 twins");
	}

	@Test
	void whatAKilledValidationLeftBehindIsRemoved() throws Exception {
		Path own = Files.createDirectories(this.directory.resolve("skus"));
		Files.writeString(own.resolve("3"), "left behind");
		try (DuplicateSkus duplicates = new DuplicateSkus(own, Duplicates.LAST)) {
			duplicates.add("a", 0, 2);
			assertThat(duplicates.superseded()).isEqualTo(new BitSet());
		}
	}

	@ParameterizedTest
	@CsvSource({ "1, 2, 1", "8192, 2, 1", "8193, 2, 2", "20000, 2, 2", "20000, 3, 3", "500000, 4, 4", "20000, 64, 3" })
	void rangesAreContiguousAndCoverAllRecords(int records, int parts, int expected) {
		RangeMarks marks = new RangeMarks();
		for (int record = 0; record < records; record++) {
			if (marks.isDue(record)) {
				marks.add(record * 100L, record + 2L);
			}
		}
		List<ImportPlan.Range> ranges = marks.ranges(records, parts);
		assertThat(ranges).hasSize(expected);
		int next = 0;
		for (ImportPlan.Range range : ranges) {
			assertThat(range.number()).isEqualTo(ranges.indexOf(range));
			assertThat(range.firstRecord()).isEqualTo(next);
			assertThat(range.firstByte()).isEqualTo(next * 100L);
			assertThat(range.firstLine()).isEqualTo(next + 2L);
			next += range.records();
		}
		assertThat(next).isEqualTo(records);
	}

	@ParameterizedTest
	@CsvSource({ "150, 0, 10000", "400, 0, 10000", "2000, 0, 1000", "2000000, 0, 1", "150, 1048576, 10000",
			"4194304, 0, 1" })
	void aChunkIsSmallerWhereRowsAreLong(int chars, int oneOf, int expected) {
		ChunkSizing sizing = new ChunkSizing(10_000);
		for (int record = 0; record < 30_000; record++) {
			sizing.add((record == 15_000 && oneOf > 0) ? oneOf : chars);
		}
		assertThat(sizing.size()).isEqualTo(expected);
	}

}
