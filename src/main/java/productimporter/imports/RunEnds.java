package productimporter.imports;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

	private final BulkDeleteTable deletes;

	private final ImportRunTable runs;

	private final List<RunEndListener> listeners;

	RunEnds(ImportStatusQuery query, BulkDeleteTable deletes, ImportRunTable runs, List<RunEndListener> listeners) {
		this.query = query;
		this.deletes = deletes;
		this.runs = runs;
		this.listeners = listeners;
	}

	/** Call in the transaction that has ended the run. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void tell(UUID id) {
		if (this.listeners.isEmpty()) {
			return;
		}
		EndedRun ended = find(id).orElseThrow();
		this.listeners.forEach((listener) -> listener.ended(ended));
	}

	/** Empty when there is no such run or it has not ended. */
	Optional<EndedRun> find(UUID id) {
		return this.query.one(id).filter((run) -> run.status().ended()).map(this::ended);
	}

	private EndedRun ended(ImportStatus run) {
		UUID id = run.taskId();
		boolean bulkDelete = run.kind() == JobKind.BULK_DELETE;
		return new EndedRun(run.kind(), id, run.name(), run.status(), run.rowsTotal(),
				new RowCounts(run.created(), run.updated(), run.unchanged(), run.superseded(), run.rejected()),
				bulkDelete ? this.deletes.find(id).map(Deletion::deleted).orElse(0L) : 0, this.deletes.parameters(id),
				run.errorCode(), run.error(), run.restartable(), run.attempts(), run.queuedAt(), run.startedAt(),
				Objects.requireNonNull(run.finishedAt()), bulkDelete ? null : this.runs.notifyAddress(id));
	}

}
