package productimporter.access;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;

import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.util.StringUtils;

/**
 * What the audit's list is narrowed to; what is empty holds nothing back.
 *
 * @param action an action, or what stands before its dot
 * @param from the first day, in UTC
 * @param to the last day, in UTC
 */
record AuditFilter(@Nullable String actor, @Nullable String action, @Nullable String subject,
		@DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
		@DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate to) {

	private static final LocalDate FIRST = LocalDate.of(1, 1, 1);

	private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

	AuditFilter {
		actor = blankToNull(actor);
		action = blankToNull(action);
		subject = blankToNull(subject);
	}

	private static @Nullable String blankToNull(@Nullable String text) {
		return StringUtils.hasText(text) ? text.strip().replace("\0", "") : null;
	}

	@Nullable Instant start() {
		return (this.from != null) ? startOf(this.from) : null;
	}

	@Nullable Instant end() {
		return (this.to != null && this.to.isBefore(LAST)) ? startOf(this.to.plusDays(1)) : null;
	}

	/** Within what the database can compare. */
	private static Instant startOf(LocalDate day) {
		LocalDate within = day.isBefore(FIRST) ? FIRST : day.isAfter(LAST) ? LAST : day;
		return within.atStartOfDay(ZoneOffset.UTC).toInstant();
	}

	boolean isNarrow() {
		return this.actor != null || this.action != null || this.subject != null || this.from != null
				|| this.to != null;
	}

}
