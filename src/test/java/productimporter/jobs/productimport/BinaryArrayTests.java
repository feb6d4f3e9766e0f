package productimporter.jobs.productimport;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import productimporter.TestDatabases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What PostgreSQL takes out of an array is what was put in.
 */
class BinaryArrayTests {

	private static final List<String> TEXTS = Arrays.asList("plain", "", null, "NULL", "{\"a\",b}", "back\\slash", "'",
			"°C", "日本語", "🛒 cart", " spaces ", "tab\tand\nlines\r\n", "x".repeat(300_000), null);

	private final BinaryArray array = new BinaryArray();

	static Stream<String> servers() {
		return Stream.concat(Stream.of(TestDatabases.embedded18()), TestDatabases.local15().stream());
	}

	@ParameterizedTest
	@MethodSource("servers")
	void textsComeBackAsTheyWere(String server) throws SQLException {
		try (Connection connection = DriverManager.getConnection(TestDatabases.freshDatabase(server))) {
			assertThat(textsBack(connection, TEXTS)).isEqualTo(TEXTS);
			assertThat(textsBack(connection, List.of("one"))).containsExactly("one");
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void identifiersComeBackAsTheyWere(String server) throws SQLException {
		List<UUID> ids = List.of(new UUID(0, 0), new UUID(-1, -1),
				UUID.fromString("01234567-89ab-7cde-8f01-23456789abcd"));
		this.array.beginUuids();
		ids.forEach(this.array::add);
		try (Connection connection = DriverManager.getConnection(TestDatabases.freshDatabase(server));
				PreparedStatement statement = connection.prepareStatement(
						"SELECT u FROM unnest(CAST(? AS uuid[])) WITH ORDINALITY AS t(u, n) ORDER BY n")) {
			statement.setArray(1, this.array.toArray(connection));
			List<UUID> back = new ArrayList<>();
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					back.add(rows.getObject(1, UUID.class));
				}
			}
			assertThat(back).isEqualTo(ids);
		}
	}

	@Test
	void noneIsNoArray() {
		this.array.beginTexts();
		assertThatIllegalStateException().isThrownBy(() -> this.array.toArray(null));
	}

	private List<String> textsBack(Connection connection, List<String> texts) throws SQLException {
		this.array.beginTexts();
		texts.forEach(this.array::add);
		List<String> back = new ArrayList<>();
		try (PreparedStatement statement = connection
			.prepareStatement("SELECT s FROM unnest(CAST(? AS text[])) WITH ORDINALITY AS t(s, n) ORDER BY n")) {
			statement.setArray(1, this.array.toArray(connection));
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					back.add(rows.getString(1));
				}
			}
		}
		return back;
	}

}
