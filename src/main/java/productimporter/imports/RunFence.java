package productimporter.imports;

import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps a node that lost a run from writing for it. Every transaction that writes for a
 * run passes here first: it holds the run's row {@code FOR SHARE}, so who takes the run
 * over ({@link RunClaimTable#claimHead}) waits for it to end, and who comes after finds
 * another epoch.
 */
@Component
class RunFence {

	/** Class of the advisory locks that say which run a session holds. */
	static final String MARK = "hashtext('productimporter.import_run')";

	private final JdbcClient jdbc;

	RunFence(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Hold the run until the surrounding transaction ends.
	 * @throws LeaseLost when another node has taken the run over, or the run has ended
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void hold(UUID run, long epoch) {
		// PostgreSQL tells who holds rows, not which: the advisory lock does
		boolean ours = this.jdbc
			.sql("""
					SELECT pg_advisory_xact_lock_shared(%s, hashtext(CAST(id AS text))) FROM import_run
					WHERE id = ? AND epoch = ? AND status NOT IN ('completed', 'failed', 'stopped') FOR SHARE"""
				.formatted(MARK))
			.params(run, epoch)
			.query((row, number) -> true)
			.optional()
			.isPresent();
		if (!ours) {
			throw LeaseLost.ofRun(run, epoch);
		}
	}

}
