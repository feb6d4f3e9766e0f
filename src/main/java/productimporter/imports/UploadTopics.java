package productimporter.imports;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import productimporter.platform.Topic;
import productimporter.platform.TopicMessages;

import org.springframework.stereotype.Component;

/**
 * The STOMP topics of imports: {@code /topic/uploads} of all, {@code /topic/uploads.} and
 * a run's id of one. Messages are {@link ImportStatus}.
 */
@Component
class UploadTopics implements Topic, ProgressChannel {

	private static final String ALL = "/topic/uploads";

	private static final String ONE = ALL + ".";

	private final TopicMessages messages;

	private final RunChanges changes;

	UploadTopics(TopicMessages messages, RunChanges changes) {
		this.messages = messages;
		this.changes = changes;
	}

	@Override
	public boolean covers(String destination) {
		return destination.equals(ALL) || run(destination).isPresent();
	}

	@Override
	public void subscribed(String destination, Subscriber subscriber) {
		Consumer<ImportStatus> imports = (status) -> {
			if (status.kind() == JobKind.IMPORT) {
				subscriber.send(status);
			}
		};
		run(destination).ifPresentOrElse((run) -> this.changes.show(run, imports),
				() -> this.changes.showUnfinished(imports));
	}

	@Override
	public boolean wants(UUID run) {
		return this.messages.hasSubscribers(ALL) || this.messages.hasSubscribers(ONE + run);
	}

	@Override
	public void send(ImportStatus status) {
		if (status.kind() != JobKind.IMPORT) {
			return;
		}
		this.messages.send(ALL, status);
		this.messages.send(ONE + status.taskId(), status);
	}

	/** Only as the id is written everywhere, since the broker compares destinations. */
	private static Optional<UUID> run(String destination) {
		if (!destination.startsWith(ONE)) {
			return Optional.empty();
		}
		try {
			UUID run = UUID.fromString(destination.substring(ONE.length()));
			return destination.equals(ONE + run) ? Optional.of(run) : Optional.empty();
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

}
