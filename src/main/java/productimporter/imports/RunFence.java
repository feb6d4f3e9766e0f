package productimporter.imports;

import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps a node that lost a run from writing for it. Every transaction that writes for a
 * run passes here first: it holds the run's row {@code FOR SHARE}, so who takes the run
 * over ({@link ImportRunTable#claimHead}) waits for it to end, and who comes after finds
 * another epoch.
 */
@Component
class RunFence {

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
		boolean ours = this.jdbc.sql("""
				SELECT 1 FROM import_run
				WHERE id = ? AND epoch = ? AND status NOT IN ('completed', 'failed', 'stopped') FOR SHARE""")
			.params(run, epoch)
			.query(Integer.class)
			.optional()
			.isPresent();
		if (!ours) {
			throw LeaseLost.ofRun(run, epoch);
		}
	}

}
