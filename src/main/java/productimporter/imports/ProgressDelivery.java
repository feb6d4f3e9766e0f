package productimporter.imports;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.springframework.stereotype.Component;

/**
 * Reads states and hands them to the subscribers of this node. Used by the one thread
 * that publishes, except {@link #unfinished()}.
 */
@Component
class ProgressDelivery {

	private static final int REMEMBERED = 1_000;

	private static final int ANSWERED_AT_ONCE = 100;

	private final List<ProgressChannel> channels;

	private final ImportStatusQuery query;

	private final RunChanges changes;

	/** What subscribers have got last, so that nothing is sent twice. */
	private final Map<UUID, ImportStatus> last = new LinkedHashMap<>(16, 0.75f, true) {
		@Override
		protected boolean removeEldestEntry(Map.Entry<UUID, ImportStatus> eldest) {
			return size() > REMEMBERED;
		}
	};

	private final Set<UUID> unfinished = new HashSet<>();

	ProgressDelivery(List<ProgressChannel> channels, ImportStatusQuery query, RunChanges changes) {
		this.channels = channels;
		this.query = query;
		this.changes = changes;
	}

	/** Whether anybody on this node wants to know of the run. */
	boolean isWanted(UUID run) {
		for (ProgressChannel channel : this.channels) {
			if (channel.wants(run)) {
				return true;
			}
		}
		return false;
	}

	/** Sends the run's state to everyone who wants to know, if it is another. */
	void deliver(UUID run) {
		ImportStatus status = this.query.one(run).orElse(null);
		if (status == null || status.equals(this.last.put(run, status))) {
			return;
		}
		this.channels.forEach((channel) -> channel.send(status));
		watch(status);
		if (status.status().ended()) {
			// they have moved up
			this.query.queued().stream().filter(this::isWanted).forEach(this.changes::changedElsewhere);
		}
	}

	/** Nobody on this node wants to know of the run. */
	void forget(UUID run) {
		this.last.remove(run);
		synchronized (this.unfinished) {
			this.unfinished.remove(run);
		}
	}

	/** Answers those who wait for the present state; after some it is others' turn. */
	void answer() {
		for (int i = 0; i < ANSWERED_AT_ONCE; i++) {
			RunChanges.Question question = this.changes.nextQuestion();
			if (question == null) {
				return;
			}
			try {
				List<ImportStatus> states = (question.run() == null) ? this.query.unfinished()
						: this.query.one(question.run()).stream().toList();
				states.forEach(question.answer());
				states.forEach(this::watch);
			}
			catch (RuntimeException ex) {
				this.changes.askLater(question);
				throw ex;
			}
		}
		this.changes.wake();
	}

	private void watch(ImportStatus status) {
		synchronized (this.unfinished) {
			if (status.status().ended()) {
				this.unfinished.remove(status.taskId());
			}
			else {
				this.unfinished.add(status.taskId());
			}
		}
	}

	/** The runs that have not ended for all that this node's subscribers know. */
	Set<UUID> unfinished() {
		synchronized (this.unfinished) {
			return Set.copyOf(this.unfinished);
		}
	}

}
