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

	private final ImportRunQuery runs;

	private final BulkDeleteTable deletes;

	private final List<RunEndListener> listeners;

	RunEnds(ImportStatusQuery query, ImportRunQuery runs, BulkDeleteTable deletes, List<RunEndListener> listeners) {
		this.query = query;
		this.runs = runs;
		this.deletes = deletes;
		this.listeners = listeners;
	}

	/** Call in the transaction that has ended the run. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void tell(UUID id) {
		if (this.listeners.isEmpty()) {
			return;
		}
		ImportStatus run = this.query.one(id).orElseThrow();
		if (run.kind() == JobKind.IMPORT) {
			EndedRun ended = ended(run);
			this.listeners.forEach((listener) -> listener.ended(ended));
		}
		else {
			long deleted = this.deletes.find(id).map(Deletion::deleted).orElse(0L);
			EndedDelete ended = new EndedDelete(id, run.name(), run.status(), deleted,
					Objects.requireNonNull(this.deletes.parameters(id)), run.error(), run.restartable());
			this.listeners.forEach((listener) -> listener.ended(ended));
		}
	}

	/** Empty when there is no such import or it has not ended. */
	Optional<EndedRun> find(UUID id) {
		return this.query.one(id)
			.filter((run) -> run.kind() == JobKind.IMPORT && run.status().ended())
			.map(this::ended);
	}

	private EndedRun ended(ImportStatus run) {
		return new EndedRun(run.taskId(), Objects.requireNonNull(run.filename()), run.status(), run.dryRun(),
				run.rowsTotal(),
				new RowCounts(run.created(), run.updated(), run.unchanged(), run.superseded(), run.rejected()),
				run.errorCode(), run.error(), run.restartable(), run.attempts(), run.queuedAt(), run.startedAt(),
				Objects.requireNonNull(run.finishedAt()), this.runs.notifyAddress(run.taskId()));
	}

}
