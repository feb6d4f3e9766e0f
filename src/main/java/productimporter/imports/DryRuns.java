package productimporter.imports;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

import productimporter.platform.RequestRefused;

/**
 * What dry runs would have done.
 */
@Component
class DryRuns {

	private final DryRunQuery query;

	private final ObjectProvider<CatalogueChanges> changes;

	DryRuns(DryRunQuery query, ObjectProvider<CatalogueChanges> changes) {
		this.query = query;
		this.changes = changes;
	}

	/**
	 * A page of changes, in the order of their SKUs.
	 * @param after the SKU behind which it begins, {@code null} for the first page
	 * @throws RequestRefused when the run is no dry run that is done
	 */
	Diff diff(ImportStatus run, DryRunChange.Kind kind, @Nullable String after, int size) {
		if (!isDone(run)) {
			throw new RequestRefused(HttpStatus.CONFLICT, "dry_run_not_done",
					run.dryRun() ? "This dry run is not done: it is " + run.status().code() + "."
							: "This import is no dry run. Send dry_run=true with a file to get one.",
					"task_id");
		}
		List<DryRunChange> found = this.query.changes(run.taskId(), kind, Objects.requireNonNullElse(after, ""),
				size + 1);
		List<DryRunChange> items = found.subList(0, Math.min(size, found.size()));
		return new Diff(items, (found.size() > size) ? items.get(size - 1).sku() : null);
	}

	long pricesHalved(ImportStatus run) {
		return this.query.pricesHalved(run.taskId());
	}

	/** Whether products may have changed since the run began, so that its word is old. */
	boolean isOutdated(ImportStatus run) {
		return run.startedAt() != null && (this.query.othersSince(run.taskId())
				|| this.changes.stream().anyMatch((products) -> products.since(run.startedAt())));
	}

	static boolean isDone(ImportStatus run) {
		return run.dryRun() && run.status() == RunStatus.COMPLETED;
	}

	/**
	 * A page of changes.
	 *
	 * @param after what the next page begins behind, {@code null} when this is the last
	 */
	record Diff(List<DryRunChange> items, @Nullable String after) {
	}

}
