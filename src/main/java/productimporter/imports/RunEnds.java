package productimporter.imports;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells whoever wants to know ({@link RunEndListener}) that a run has ended.
 */
@Component
class RunEnds {

	private final ImportStatusQuery query;

	private final List<RunEndListener> listeners;

	RunEnds(ImportStatusQuery query, List<RunEndListener> listeners) {
		this.query = query;
		this.listeners = listeners;
	}

	/** Call in the transaction that has ended the run. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void tell(UUID id) {
		if (this.listeners.isEmpty()) {
			return;
		}
		ImportStatus run = this.query.one(id).orElseThrow();
		EndedRun ended = new EndedRun(id, run.filename(), run.status(), run.rowsTotal(),
				new RowCounts(run.created(), run.updated(), run.unchanged(), run.superseded(), run.rejected()),
				run.errorCode(), run.error(), run.restartable(), run.attempts(), run.queuedAt(), run.startedAt(),
				Objects.requireNonNull(run.finishedAt()));
		this.listeners.forEach((listener) -> listener.ended(ended));
	}

}
