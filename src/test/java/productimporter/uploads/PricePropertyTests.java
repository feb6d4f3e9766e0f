package productimporter.uploads;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The number of every text that passes as a price is the number that it says.
 */
class PricePropertyTests {

	@Property(tries = 2000)
	void theNumberIsWhatTheTextSays(@ForAll("prices") String price) {
		Assume.that(Price.problem(price) == null);
		assertThat(Price.value(price)).isEqualTo(new BigDecimal(price).setScale(2, RoundingMode.UNNECESSARY));
	}

	@Provide
	Arbitrary<String> prices() {
		Arbitrary<String> digits = Arbitraries.strings().numeric().ofMaxLength(10);
		return Combinators
			.combine(Arbitraries.of("", "+"), Arbitraries.of("", "0", "000"), digits, Arbitraries.of("", "."),
					Arbitraries.strings().numeric().ofMaxLength(2), Arbitraries.of("", "0", "0000"))
			.as((sign, zeros, whole, point, decimals, behind) -> sign + zeros + whole + point
					+ (point.isEmpty() ? "" : decimals + behind))
			.filter((price) -> price.chars().anyMatch(Character::isDigit));
	}

	@ParameterizedTest
	@ValueSource(strings = { ".5", "0.50", "+.5", "00.5000" })
	void aHalfInEachSpelling(String price) {
		assertThat(Price.problem(price)).isNull();
		assertThat(Price.value(price)).isEqualTo(new BigDecimal("0.50"));
	}

	@Test
	void theLargestAndNoEndOfZeros() {
		List<String> prices = List.of("9999999999.99", "0".repeat(500_000) + "9999999999.99" + "0".repeat(500_000));
		assertThat(prices).allMatch((price) -> Price.problem(price) == null)
			.allSatisfy((price) -> assertThat(Price.value(price)).isEqualTo(new BigDecimal("9999999999.99")));
	}

}
