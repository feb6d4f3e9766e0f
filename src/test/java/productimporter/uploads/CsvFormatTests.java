package productimporter.uploads;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The cases in {@code csv-cases/formats}.
 */
class CsvFormatTests {

	static Stream<CsvCase> cases() {
		return CsvCase.all("formats");
	}

	@ParameterizedTest
	@MethodSource("cases")
	void findsTheFormatOrSaysWhatIsWrong(CsvCase csv) throws IOException {
		ByteArrayInputStream in = new ByteArrayInputStream(csv.input());
		Map<String, Object> error = csv.map("error");
		if (error == null) {
			assertFormat(CsvFormat.inspect(in, CsvOptions.of(csv.options())), csv.map("format"));
		}
		else {
			assertThatExceptionOfType(UnreadableFile.class)
				.isThrownBy(() -> CsvFormat.inspect(in, CsvOptions.of(csv.options())))
				.satisfies((ex) -> UnreadableFileAssert.assertMatches(ex, error));
		}
	}

	private static void assertFormat(CsvFormat format, Map<String, Object> expected) {
		assertThat(format.charset()).isEqualTo(Charset.forName((String) expected.get("charset")));
		assertThat(format.delimiter()).isEqualTo(((String) expected.get("delimiter")).charAt(0));
		if (expected.get("header") instanceof List<?> header) {
			assertThat(format.header()).isEqualTo(header);
		}
		ProductColumns columns = format.columns();
		assertThat(List.of(columns.sku(), columns.name(), columns.description(), columns.price(), columns.count()))
			.isEqualTo(expected.get("columns"));
		assertThat(columns.ignored()).isEqualTo(expected.get("ignored"));
		assertThat(format.firstByte()).isEqualTo((int) expected.get("first_byte"));
		assertThat(format.firstLine()).isEqualTo((int) expected.get("first_line"));
	}

	@Test
	void readsNoFurtherThanNeeded() throws IOException {
		byte[] file = ("sku,name\n" + "A-1,a\n".repeat(1_000_000)).getBytes(UTF_8);
		ByteArrayInputStream in = new ByteArrayInputStream(file);
		CsvFormat.inspect(in, CsvOptions.NONE);
		assertThat(file.length - in.available()).isLessThanOrEqualTo(CsvHeader.MAX_BYTES);
	}

}
