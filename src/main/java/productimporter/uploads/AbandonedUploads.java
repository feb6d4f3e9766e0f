package productimporter.uploads;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Removes at start-up what a crash has left in the store: files never completed, and
 * files that no row knows. Only when they are older than a day, since other nodes may be
 * writing.
 */
@Component
class AbandonedUploads {

	private static final Logger logger = LoggerFactory.getLogger(AbandonedUploads.class);

	private static final Duration AGE = Duration.ofDays(1);

	private static final int BATCH = 1000;

	private final UploadStore store;

	private final UploadTable table;

	private final Clock clock;

	AbandonedUploads(UploadStore store, UploadTable table, Clock clock) {
		this.store = store;
		this.table = table;
		this.clock = clock;
	}

	@EventListener(ApplicationReadyEvent.class)
	@Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.HOURS)
	void remove() {
		Instant before = this.clock.instant().minus(AGE);
		try {
			int unfinished = this.store.deleteUnfinished(before);
			int unknown = deleteUnknown(this.store.storedBefore(before));
			if (unfinished + unknown > 0) {
				logger.info("Removed from the upload store: {} unfinished files and {} that no upload refers to",
						unfinished, unknown);
			}
		}
		catch (IOException | DataAccessException ex) {
			logger.warn("Abandoned files could not be removed from the upload store; it is tried again in an hour", ex);
		}
	}

	private int deleteUnknown(List<UUID> files) throws IOException {
		if (files.isEmpty()) {
			return 0;
		}
		if (this.table.isEmpty()) {
			logger.warn("The upload store holds {} files and the database knows no upload at all. None is removed: "
					+ "this may be the wrong database, or the wrong directory", files.size());
			return 0;
		}
		int deleted = 0;
		for (int from = 0; from < files.size(); from += BATCH) {
			List<UUID> batch = files.subList(from, Math.min(from + BATCH, files.size()));
			Set<UUID> recorded = this.table.recorded(batch);
			for (UUID file : batch) {
				if (!recorded.contains(file)) {
					this.store.delete(file);
					deleted++;
				}
			}
		}
		return deleted;
	}

}
