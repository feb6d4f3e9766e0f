package productimporter.imports;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds the runs that pages list.
 */
@Repository
class RunSearch {

	private static final String NOT_ENDED = "r.status NOT IN ('completed', 'failed', 'stopped')";

	private final JdbcClient jdbc;

	private final ImportStatusQuery states;

	RunSearch(JdbcClient jdbc, ImportStatusQuery states) {
		this.jdbc = jdbc;
		this.states = states;
	}

	/** The runs that are being executed, in the order of the queue. */
	List<ImportStatus> running() {
		return this.jdbc
			.sql(ImportStatusQuery.SELECT + "WHERE " + NOT_ENDED
					+ " AND r.status NOT IN ('queued', 'needs_input') ORDER BY r.queue_number")
			.query(this.states::status)
			.list();
	}

	/** Whether a run is being executed or waits for it. */
	boolean isAnyOpen() {
		return this.jdbc.sql("SELECT EXISTS (SELECT 1 FROM import_run r WHERE " + NOT_ENDED + ")")
			.query(Boolean.class)
			.single();
	}

	/** In the order of the queue. */
	List<ImportStatus> waiting(int limit) {
		return this.jdbc
			.sql(ImportStatusQuery.SELECT + "WHERE " + NOT_ENDED
					+ " AND r.status IN ('queued', 'needs_input') ORDER BY r.queue_number LIMIT ?")
			.param(limit)
			.query(this.states::status)
			.list();
	}

	/** The last to end first. */
	List<ImportStatus> ended(int limit) {
		return this.jdbc
			.sql(ImportStatusQuery.SELECT + "WHERE r.finished_at IS NOT NULL ORDER BY r.finished_at DESC LIMIT ?")
			.param(limit)
			.query(this.states::status)
			.list();
	}

	/** An earlier run that imported a file with the same content, the latest of them. */
	Optional<ImportStatus> sameContentBefore(ImportStatus run) {
		return this.jdbc.sql(ImportStatusQuery.SELECT + """
				WHERE u.sha256 = ? AND r.status = 'completed' AND r.id <> ? AND r.finished_at < ?
				AND (r.options ->> 'dry_run' = 'true') IS NOT TRUE
				ORDER BY r.finished_at DESC LIMIT 1""")
			.params(Objects.requireNonNullElse(run.sha256(), ""), run.taskId(), ImportRunTable.utc(run.queuedAt()))
			.query(this.states::status)
			.optional();
	}

	/** Newest first. */
	List<ImportStatus> page(Filter filter, int size, long offset) {
		return this.jdbc
			.sql(ImportStatusQuery.SELECT + filter.where() + "ORDER BY r.queue_number DESC LIMIT :size OFFSET :offset")
			.params(filter.parameters())
			.param("size", size)
			.param("offset", offset)
			.query(this.states::status)
			.list();
	}

	long count(Filter filter) {
		return this.jdbc
			.sql("SELECT count(*) FROM import_run r LEFT JOIN upload u ON u.id = r.upload_id " + filter.where())
			.params(filter.parameters())
			.query(Long.class)
			.single();
	}

	/**
	 * Which runs; a {@code null} holds nothing back.
	 *
	 * @param state of a group of statuses
	 * @param kind of one kind
	 * @param from first day on which the run was queued, in UTC
	 * @param to last day on which the run was queued, in UTC
	 * @param file text that the file's name contains, or what a bulk delete takes, in any
	 * case
	 */
	record Filter(@Nullable State state, @Nullable JobKind kind, @Nullable LocalDate from, @Nullable LocalDate to,
			@Nullable String file) {

		String where() {
			StringBuilder where = new StringBuilder("WHERE true");
			if (this.state != null) {
				where.append(" AND r.status IN (:statuses)");
			}
			if (this.kind != null) {
				where.append(" AND r.kind = :kind");
			}
			if (this.from != null) {
				where.append(" AND r.queued_at >= :from");
			}
			if (this.to != null) {
				where.append(" AND r.queued_at < :end");
			}
			if (this.file != null) {
				where.append(" AND coalesce(u.filename, r.title) ILIKE :file");
			}
			return where.append(' ').toString();
		}

		Map<String, Object> parameters() {
			Map<String, Object> parameters = new HashMap<>();
			if (this.state != null) {
				parameters.put("statuses", this.state.statuses().stream().map(RunStatus::code).toList());
			}
			if (this.kind != null) {
				parameters.put("kind", this.kind.code());
			}
			if (this.from != null) {
				parameters.put("from", ImportRunTable.utc(startOf(this.from)));
			}
			if (this.to != null) {
				parameters.put("end", ImportRunTable.utc(startOf(this.to.plusDays(1))));
			}
			if (this.file != null) {
				parameters.put("file", "%" + this.file.replaceAll("[\\\\%_]", "\\\\$0") + "%");
			}
			return parameters;
		}

		private static Instant startOf(LocalDate day) {
			return day.atStartOfDay(ZoneOffset.UTC).toInstant();
		}

	}

	/** What people tell runs apart by. */
	enum State {

		RUNNING("Running"), WAITING("Waiting"), COMPLETED("Completed"), FAILED("Failed"), STOPPED("Stopped");

		private final String words;

		State(String words) {
			this.words = words;
		}

		public String words() {
			return this.words;
		}

		List<RunStatus> statuses() {
			return Stream.of(RunStatus.values()).filter((status) -> of(status) == this).toList();
		}

		private static State of(RunStatus status) {
			return switch (status) {
				case PARSING, VALIDATING, IMPORTING, DELETING, STOPPING -> RUNNING;
				case QUEUED, NEEDS_INPUT -> WAITING;
				case COMPLETED -> COMPLETED;
				case FAILED -> FAILED;
				case STOPPED -> STOPPED;
			};
		}

	}

}
