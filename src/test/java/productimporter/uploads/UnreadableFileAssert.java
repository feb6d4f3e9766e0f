package productimporter.uploads;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares an {@link UnreadableFile} with what a case file says of it.
 */
final class UnreadableFileAssert {

	private UnreadableFileAssert() {
	}

	static void assertMatches(UnreadableFile ex, Map<String, Object> expected) {
		assertThat(ex.code()).isEqualTo(expected.get("code"));
		assertThat(ex.line()).isEqualTo((int) expected.getOrDefault("line", 0));
		assertThat(ex.column()).isEqualTo(expected.get("column"));
		for (Object part : (List<?>) expected.get("message")) {
			assertThat(ex.getMessage()).contains((String) part);
		}
	}

}
