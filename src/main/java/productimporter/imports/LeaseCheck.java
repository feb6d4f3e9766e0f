package productimporter.imports;

import java.time.Duration;

import productimporter.platform.StartupFailed;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A node that may execute runs doesn't start with settings that let a frozen node hold a
 * run beyond its lease. What holds is what PostgreSQL says: a pooler between may have
 * dropped the setting.
 */
@Component
class LeaseCheck {

	LeaseCheck(JdbcClient jdbc, ImportSettings settings) {
		if (settings.execute()) {
			Duration idle = Duration.ofMillis(jdbc
				.sql("SELECT setting::bigint FROM pg_settings WHERE name = 'idle_in_transaction_session_timeout'")
				.query(Long.class)
				.single());
			require(idle, settings.lease());
		}
	}

	private static void require(Duration idle, Duration lease) {
		if (idle.isZero()) {
			throw new StartupFailed(
					"PostgreSQL doesn't end transactions in which nothing happens: idle_in_transaction_session_timeout "
							+ "is 0, though it was given with the connection",
					"Connect to PostgreSQL directly, or set it to less than " + lease.toMillis()
							+ " ms for the database's user.");
		}
		if (idle.compareTo(lease) >= 0) {
			throw new StartupFailed(
					"importer.database.idle-in-transaction-timeout is %d ms, but the lease of a run %d ms"
						.formatted(idle.toMillis(), lease.toMillis()),
					"Set it below importer.imports.heartbeat × missed-heartbeats, or these higher: else a frozen node "
							+ "holds a run beyond its lease.");
		}
	}

}
