package productimporter.schedules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import productimporter.platform.InWords;
import productimporter.products.ProductSelection;

/**
 * A schedule as it is stored.
 *
 * @param nextAt when it starts next, {@code null} while it is off
 * @param last what became of its last time, {@code null} before the first
 * @param runId the last job of it, {@code null} when there is none (any more)
 */
record DeleteSchedule(UUID id, ScheduleDraft wanted, @Nullable Instant nextAt, @Nullable Last last,
		@Nullable UUID runId) {

	CronTimes times() {
		return CronTimes.of(this.wanted.cron(), this.wanted.timeZone());
	}

	/** Which products go if it starts now. */
	ProductSelection selection(Instant now) {
		Integer days = this.wanted.notUpdatedForDays();
		return new ProductSelection(this.wanted.filter(), (days != null) ? now.minus(Duration.ofDays(days)) : null,
				this.wanted.limit());
	}

	/** "SKU contains “old-”, not updated for 90 days". */
	String inWords() {
		List<String> words = new ArrayList<>(ProductSelection.inWords(this.wanted.filter()));
		Integer days = this.wanted.notUpdatedForDays();
		if (days != null) {
			words.add("not updated for " + InWords.count(days, "day"));
		}
		String all = String.join(", ", words);
		return all.isEmpty() ? "All products" : all.substring(0, 1).toUpperCase(Locale.ROOT) + all.substring(1);
	}

	/**
	 * What became of a time that had come.
	 *
	 * @param at when it was planned for, or when someone started it
	 * @param count how many products matched, where that decided
	 */
	record Last(Instant at, Result result, @Nullable Long count) {

		/** Whether the time before ended the same way. */
		boolean isLike(@Nullable Last before) {
			return before != null && before.result == this.result;
		}

	}

	/** In JSON and in the database in lower case. */
	enum Result {

		/** A job was queued. */
		QUEUED,
		/** The job before had not ended. */
		SKIPPED,
		/** More matched than the limit. */
		HELD,
		/** No node was there. */
		MISSED;

		String code() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
