package productimporter.platform;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class DatabaseUrlTests {

	@ParameterizedTest
	@CsvFileSource(resources = "/database-urls.csv", delimiter = '|', numLinesToSkip = 1)
	void readsUrlsOfPlatformsAndOfJdbc(String url, String jdbcUrl, @Nullable String user, @Nullable String password) {
		DatabaseAddress address = DatabaseUrl.parse(url);
		assertThat(address).isEqualTo(new DatabaseAddress(jdbcUrl, user, password));
		assertThat(address.toString()).doesNotContain("p@ss");
	}

	@ParameterizedTest
	@CsvFileSource(resources = "/database-urls-refused.csv", delimiter = '|', numLinesToSkip = 1)
	void refusesOtherUrlsWithoutShowingThem(String url, String message, CapturedOutput output) {
		assertThatExceptionOfType(StartupFailed.class).isThrownBy(() -> DatabaseUrl.parse(url))
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex).hasNoCause())
			.satisfies((ex) -> assertThat(ex.getMessage() + ex.action()).doesNotContain("s3cret"));
		assertThat(output).doesNotContain("s3cret");
	}

	@ParameterizedTest
	@CsvSource({ "jdbc:postgresql://h/d,jdbc:postgresql://h/d,", "jdbc:postgresql://h/d?a=b,jdbc:postgresql://h/d?a=b,",
			"jdbc:postgresql://h/d?options=-c+x%3D1,jdbc:postgresql://h/d,-c x=1",
			"jdbc:postgresql://h/d?a=b&options=-c%20x=1&c=d,jdbc:postgresql://h/d?a=b&c=d,-c x=1" })
	void takesTheServerOptionsOutOfAUrl(String url, String without, @Nullable String options) {
		assertThat(DatabaseUrl.splitOptions(url)).isEqualTo(new DatabaseUrl.Options(without, options));
	}

	@Test
	void ignoresSpaceAroundAUrl() {
		assertThat(DatabaseUrl.parse(" postgres://h/db\n").url()).isEqualTo("jdbc:postgresql://h:5432/db");
	}

}
