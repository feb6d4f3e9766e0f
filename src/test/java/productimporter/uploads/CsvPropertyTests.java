package productimporter.uploads;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import productimporter.uploads.CsvRecordReader.Defect;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for any table of any texts.
 */
class CsvPropertyTests {

	@Property(tries = 2000)
	void aTableIsReadBackAsItWasWritten(@ForAll("files") Written file) throws IOException {
		byte[] bytes = file.bytes();
		List<ReadRecord> records = ReadRecord
			.all(ReadRecord.reader(bytes, file.charset(), file.delimiter(), 0, 1, bytes.length + 1));
		CsvReader.CsvReaderBuilder parser = CsvReader.builder().fieldSeparator(file.delimiter());
		assertThat(records).allMatch((record) -> record.defect() == Defect.NONE);
		assertThat(records).extracting((record) -> parser.ofSingleCsvRecord(record.text()).getFields())
			.isEqualTo(file.table());
		// from any record on, by any number of bytes
		ReadRecord from = records.get(records.size() / 2);
		assertThat(ReadRecord
			.all(ReadRecord.reader(bytes, file.charset(), file.delimiter(), from.byteOffset(), from.line(), 3)))
			.isEqualTo(records.subList(records.size() / 2, records.size()));
	}

	@Property(tries = 1000)
	void theFormatOfAFileIsFound(@ForAll("files") Written file) throws IOException {
		StringBuilder text = new StringBuilder();
		text.append("sku").append(file.delimiter()).append("name\nx").append(file.delimiter()).append("y\n");
		text.append(file.text());
		CsvFormat format = CsvFormat.inspect(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)),
				CsvOptions.of(Map.of("decimal", ".")));
		assertThat(format.charset()).isEqualTo(StandardCharsets.UTF_8);
		assertThat(format.delimiter()).isEqualTo(file.delimiter());
		assertThat(format.header()).containsExactly("sku", "name");
		assertThat(format.firstLine()).isEqualTo(2);
		CsvOptions again = CsvOptions.of(format.options());
		assertThat(CsvFormat.inspect(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)), again))
			.isEqualTo(format);
	}

	@Property(tries = 5000)
	void whatWasMadeInertComesBackAsItWas(@ForAll("cells") String cell) {
		String inert = Formulas.inert(cell);
		assertThat(Formulas.live(inert)).isEqualTo(cell);
		assertThat(inert).doesNotMatch("(?s)[=+@\\-\t\r].*");
	}

	@Provide
	Arbitrary<String> cells() {
		Arbitrary<String> pieces = Arbitraries.of("=", "+", "-", "@", "'", "\"", "\"\"", ",", ";", "|", "\t", "\r",
				"\n", "\r\n", " ", "0", "007", "a", "é", "€", "\uD83D\uDE00", "\u2028", "\uFEFF", "#", "\\");
		Arbitrary<String> mixed = pieces.list().ofMaxSize(12).map((list) -> String.join("", list));
		Arbitrary<String> any = Arbitraries.chars()
			.filter((c) -> c != '\0' && !Character.isSurrogate(c))
			.list()
			.ofMaxSize(40)
			.map((chars) -> chars.stream().map(String::valueOf).collect(Collectors.joining()));
		return Arbitraries.oneOf(mixed, any);
	}

	@Provide
	Arbitrary<Written> files() {
		Arbitrary<List<List<String>>> tables = Arbitraries.integers()
			.between(1, 5)
			.flatMap((columns) -> Combinators.combine(cells(), cells().list().ofSize(columns - 1))
				.as(CsvPropertyTests::row)
				.list()
				.ofMinSize(1)
				.ofMaxSize(20));
		return Combinators
			.combine(tables, Arbitraries.of(',', ';', '\t', '|'),
					Arbitraries.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE),
					Arbitraries.of(LineDelimiter.LF, LineDelimiter.CRLF, LineDelimiter.CR),
					Arbitraries.integers().between(0, 2))
			.as(Written::new);
	}

	/** A record of one empty cell would be a blank line, which is none. */
	private static List<String> row(String first, List<String> others) {
		List<String> row = new ArrayList<>(others);
		row.add(0, "x" + first);
		return row;
	}

	/** A table as FastCSV writes it. */
	record Written(List<List<String>> table, char delimiter, Charset charset, LineDelimiter lineEnd, int quoting) {

		String text() {
			CsvWriter.CsvWriterBuilder builder = CsvWriter.builder()
				.fieldSeparator(this.delimiter)
				.lineDelimiter(this.lineEnd);
			builder = switch (this.quoting) {
				case 1 -> builder.quoteStrategy(QuoteStrategies.ALWAYS);
				case 2 -> builder.quoteStrategy(QuoteStrategies.NON_EMPTY);
				default -> builder;
			};
			StringWriter out = new StringWriter();
			try (CsvWriter writer = builder.build(out)) {
				this.table.forEach(writer::writeRecord);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			return out.toString();
		}

		byte[] bytes() {
			return text().getBytes(this.charset);
		}

	}

}
