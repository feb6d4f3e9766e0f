package productimporter.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What is to be published: runs that have changed, however often, and subscribers who
 * wait for the present state. Filled from any thread, never blocks and never throws;
 * emptied by {@link ProgressPublisher}.
 */
@Component
class RunChanges {

	/** Whether the run changed here, so that the other nodes are to be told. */
	private final Map<UUID, Boolean> changed = new ConcurrentHashMap<>();

	private final Queue<Question> questions = new ConcurrentLinkedQueue<>();

	private final Semaphore news = new Semaphore(0);

	/**
	 * This node has changed the run: as soon as the surrounding transaction has
	 * committed, if there is one, else now.
	 */
	void changed(UUID run) {
		if (TransactionSynchronizationManager.isSynchronizationActive()) {
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
				@Override
				public void afterCommit() {
					progressed(run);
				}
			});
		}
		else {
			progressed(run);
		}
	}

	/** What this node has in memory of the run has changed. */
	void progressed(UUID run) {
		if (this.changed.put(run, true) == null) {
			wake();
		}
	}

	/** The run has changed, or may have, and other nodes know it already. */
	void changedElsewhere(UUID run) {
		if (this.changed.putIfAbsent(run, false) == null) {
			wake();
		}
	}

	/**
	 * Asks for the present state of a run.
	 * @param answer called by the thread that publishes, before anything newer is
	 * published, unless there is no such run; must not block
	 */
	void show(UUID run, Consumer<ImportStatus> answer) {
		ask(new Question(run, answer));
	}

	/**
	 * Asks for the present states of all runs that have not ended.
	 * @param answer called for each, oldest first, as {@link #show} does
	 */
	void showUnfinished(Consumer<ImportStatus> answer) {
		ask(new Question(null, answer));
	}

	private void ask(Question question) {
		this.questions.add(question);
		wake();
	}

	/** The question could not be answered now. */
	void askLater(Question question) {
		this.questions.add(question);
	}

	void wake() {
		this.news.release();
	}

	/**
	 * Waits until something is new.
	 * @throws InterruptedException when whoever publishes shall end
	 */
	void await(long millis) throws InterruptedException {
		if (this.news.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
			this.news.drainPermits();
		}
	}

	/** The runs that have changed and are not taken yet. */
	List<UUID> runs() {
		return new ArrayList<>(this.changed.keySet());
	}

	/**
	 * Takes a change; what changes from now on is a new one.
	 * @return whether the run changed on this node
	 */
	boolean take(UUID run) {
		return Boolean.TRUE.equals(this.changed.remove(run));
	}

	@Nullable Question nextQuestion() {
		return this.questions.poll();
	}

	/**
	 * A subscriber who waits for the present state.
	 *
	 * @param run {@code null}: of all unfinished runs
	 */
	record Question(@Nullable UUID run, Consumer<ImportStatus> answer) {
	}

}
