package productimporter.imports;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import productimporter.platform.Ids;

/**
 * Bulk deletes in the queue that imports wait in as well: whichever comes first goes
 * first, and none runs beside another unless told so.
 */
@Component
public class BulkDeleteRuns {

	private final BulkDeleteTable runs;

	private final ImportStatusQuery states;

	private final RunSearch search;

	private final Jobs jobs;

	private final boolean severalAtOnce;

	private final Clock clock;

	BulkDeleteRuns(BulkDeleteTable runs, ImportStatusQuery states, RunSearch search, Jobs jobs, ImportSettings settings,
			Clock clock) {
		this.runs = runs;
		this.states = states;
		this.search = search;
		this.jobs = jobs;
		this.severalAtOnce = settings.runsAtOnce() > 1;
		this.clock = clock;
	}

	/**
	 * Puts a bulk delete at the end of the queue; joins the transaction of its caller.
	 * @param title which products go, in words
	 * @param parameters which products go, as JSON; the job gets it as it is
	 * @return the run's id
	 */
	@Transactional
	public UUID queue(String title, String parameters) {
		UUID id = Ids.next();
		this.runs.queue(id, title, parameters, this.clock.instant());
		this.jobs.queued(id);
		return id;
	}

	/**
	 * Whether another run is at work or waits, so that a new one would wait too, or run
	 * beside it.
	 */
	public boolean wouldWait() {
		return this.search.isAnyOpen();
	}

	/**
	 * Whether runs are executed side by side.
	 */
	public boolean severalAtOnce() {
		return this.severalAtOnce;
	}

	/**
	 * How a bulk delete stands.
	 * @return empty when there is no such run (any more)
	 */
	public Optional<State> state(UUID id) {
		return this.states.one(id)
			.map((run) -> new State(run.status(), run.message(), run.rowsRead(), run.error(), run.startedAt(),
					run.finishedAt()));
	}

	/**
	 * How a bulk delete stands.
	 *
	 * @param message for people, in a few words
	 * @param deleted products that it has deleted so far
	 * @param error why it failed, else {@code null}
	 */
	public record State(RunStatus status, String message, long deleted, @Nullable String error,
			@Nullable Instant startedAt, @Nullable Instant finishedAt) {
	}

}
