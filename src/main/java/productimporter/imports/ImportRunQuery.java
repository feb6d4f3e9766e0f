package productimporter.imports;

import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads what stays as it was when a run was queued, and whether any is at work.
 */
@Repository
class ImportRunQuery {

	private final JdbcClient jdbc;

	ImportRunQuery(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The file of a run, if it has one. */
	Optional<UUID> file(UUID id) {
		return this.jdbc.sql("SELECT upload_id FROM import_run WHERE id = ? AND upload_id IS NOT NULL")
			.param(id)
			.query(UUID.class)
			.optional();
	}

	boolean isImport(UUID id) {
		return this.jdbc.sql("SELECT EXISTS (SELECT FROM import_run WHERE id = ? AND kind = 'import')")
			.param(id)
			.query(Boolean.class)
			.single();
	}

	/** The file of an import that exists, and what was asked. */
	RunFile importFile(UUID id) {
		return this.jdbc.sql("SELECT upload_id, options::text FROM import_run WHERE id = ?")
			.param(id)
			.query((row, number) -> new RunFile(row.getObject(1, UUID.class), RunFile.options(row.getString(2))))
			.single();
	}

	/** What a run asks, for people. */
	@Nullable String question(UUID id) {
		return this.jdbc
			.sql("SELECT error FROM import_run WHERE id = ? AND status = 'needs_input' AND error IS NOT NULL")
			.param(id)
			.query(String.class)
			.optional()
			.orElse(null);
	}

	/** Whom to tell of the run's end. */
	@Nullable String notifyAddress(UUID id) {
		return this.jdbc.sql("SELECT notify FROM import_run WHERE id = ? AND notify IS NOT NULL")
			.param(id)
			.query(String.class)
			.optional()
			.orElse(null);
	}

	/** Whether an import is at work, on any node. */
	boolean isRunning() {
		return this.jdbc
			.sql("SELECT EXISTS (SELECT FROM import_run WHERE status IN ('parsing', 'validating', 'importing'))")
			.query(Boolean.class)
			.single();
	}

}
