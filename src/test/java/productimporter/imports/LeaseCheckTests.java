package productimporter.imports;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import productimporter.TestDatabases;
import productimporter.platform.StartupFailed;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Settings with which a frozen node could hold a run beyond its lease.
 */
class LeaseCheckTests {

	@Test
	void theApplicationDoesNotStartWithALeaseThatEndsBeforeATransactionDoes() {
		assertThatThrownBy(() -> Node.alone("importer.imports.heartbeat=2s").close()).rootCause()
			.isInstanceOf(StartupFailed.class)
			.hasMessage("importer.database.idle-in-transaction-timeout is 8000 ms, but the lease of a run 8000 ms");
	}

	@Test
	void aTransactionThatNobodyEndsIsRefused() {
		assertThatThrownBy(() -> check("0", true)).isInstanceOf(StartupFailed.class)
			.hasMessageContaining("idle_in_transaction_session_timeout is 0");
	}

	@Test
	void aNodeThatExecutesNoRunsMayHaveAnySetting() {
		assertThatCode(() -> check("0", false)).doesNotThrowAnyException();
		assertThatCode(() -> check("11999", true)).doesNotThrowAnyException();
	}

	/**
	 * @param idle milliseconds
	 */
	private static void check(String idle, boolean execute) {
		DriverManagerDataSource database = new DriverManagerDataSource(
				TestDatabases.embedded18() + "&options=-c%20idle_in_transaction_session_timeout=" + idle);
		new LeaseCheck(JdbcClient.create(database), settings(execute));
	}

	private static ImportSettings settings(boolean execute) {
		return new ImportSettings(execute, 1, 5, Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(3), 4,
				Duration.ofSeconds(10), 500);
	}

}
