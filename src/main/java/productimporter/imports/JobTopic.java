package productimporter.imports;

import java.util.UUID;

import productimporter.platform.Topic;
import productimporter.platform.TopicMessages;

import org.springframework.stereotype.Component;

/**
 * The messages of {@code /topic/jobs}: {@link JobItem}.
 */
@Component
class JobTopic implements Topic, ProgressChannel {

	private static final String JOBS = "/topic/jobs";

	private final TopicMessages messages;

	private final RunChanges changes;

	JobTopic(TopicMessages messages, RunChanges changes) {
		this.messages = messages;
		this.changes = changes;
	}

	@Override
	public boolean covers(String destination) {
		return destination.equals(JOBS);
	}

	@Override
	public void subscribed(String destination, Subscriber subscriber) {
		this.changes.showUnfinished((status) -> subscriber.send(JobItem.of(status)));
	}

	@Override
	public boolean wants(UUID run) {
		return this.messages.hasSubscribers(JOBS);
	}

	@Override
	public void send(ImportStatus status) {
		if (this.messages.hasSubscribers(JOBS)) {
			this.messages.send(JOBS, JobItem.of(status));
		}
	}

}
