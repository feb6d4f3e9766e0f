package productimporter.imports;

import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import productimporter.platform.NoticeListener;

import org.springframework.stereotype.Component;

/**
 * Hears of runs that other nodes have changed.
 */
@Component
class RunNotices implements NoticeListener {

	private static final Logger log = LoggerFactory.getLogger(RunNotices.class);

	static final String CHANNEL = "import_progress";

	private final RunChanges changes;

	private final ProgressDelivery delivery;

	RunNotices(RunChanges changes, ProgressDelivery delivery) {
		this.changes = changes;
		this.delivery = delivery;
	}

	@Override
	public String channel() {
		return CHANNEL;
	}

	@Override
	public void received(String run) {
		try {
			this.changes.changedElsewhere(UUID.fromString(run));
		}
		catch (IllegalArgumentException ex) {
			log.warn("A notice that names no run is passed over");
		}
	}

	@Override
	public void connected() {
		this.delivery.unfinished().forEach(this.changes::changedElsewhere);
		this.changes.showUnfinished((run) -> this.changes.changedElsewhere(run.taskId()));
	}

}
