package productimporter.jobs.productimport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

import productimporter.uploads.CsvFormat;
import productimporter.uploads.CsvRecordReader;
import productimporter.uploads.ProductColumns;

/**
 * The parser and the rules alone, a whole file a call; without file, database and Spring
 * Batch.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class RowBenchmark {

	private static final List<String> HEADER = List.of("sku", "name", "description", "price");

	private final CsvFormat format = new CsvFormat(StandardCharsets.UTF_8, ',', '"', true, null, HEADER,
			new ProductColumns(0, 1, 2, 3, 4, List.of()), 0, 1);

	private final RowRules rules = new RowRules(this.format);

	private byte[] file;

	private List<ProductRow> rows;

	@Setup
	public void read() throws IOException {
		this.file = Files.readAllBytes(Path.of(System.getProperty("products")));
		this.rows = new ArrayList<>();
		ProductRowParser parser = new ProductRowParser(this.format);
		try (CsvRecordReader reader = records()) {
			for (String raw = reader.readLine(); raw != null; raw = reader.readLine()) {
				this.rows.add(parser.parse(raw, this.rows.size(), reader.lineNumber(), false));
			}
		}
	}

	private CsvRecordReader records() {
		return new CsvRecordReader(new ByteArrayInputStream(this.file), StandardCharsets.UTF_8, ',', '"', 0, 1);
	}

	/** Decoding and finding where records begin and end. */
	@Benchmark
	public void split(Blackhole sink) throws IOException {
		try (CsvRecordReader reader = records()) {
			for (String raw = reader.readLine(); raw != null; raw = reader.readLine()) {
				sink.consume(raw);
			}
		}
	}

	/** The same, and their cells by FastCSV. */
	@Benchmark
	public void splitAndParse(Blackhole sink) throws IOException {
		ProductRowParser parser = new ProductRowParser(this.format);
		int record = 0;
		try (CsvRecordReader reader = records()) {
			for (String raw = reader.readLine(); raw != null; raw = reader.readLine()) {
				sink.consume(parser.parse(raw, record++, reader.lineNumber(), false));
			}
		}
	}

	/** The rules, and the product of each row that keeps them. */
	@Benchmark
	public void process(Blackhole sink) {
		for (ProductRow row : this.rows) {
			String sku = RowRules.sku(row);
			if (this.rules.problems(row, sku).isEmpty()) {
				sink.consume(this.rules.product(row, sku));
			}
		}
	}

}
