package productimporter.imports;

import java.util.Map;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Writes what only runs have that wait for an answer.
 */
@Repository
class QuestionTable {

	private final JdbcClient jdbc;

	private final ImportRunTable runs;

	QuestionTable(JdbcClient jdbc, ImportRunTable runs) {
		this.jdbc = jdbc;
		this.runs = runs;
	}

	/** A run that has just been queued waits for an answer. Call in its transaction. */
	void ask(UUID id, Question question) {
		this.jdbc.sql("UPDATE import_run SET status = 'needs_input', error_code = ?, error = ? WHERE id = ?")
			.params(question.code(), question.detail(), id)
			.update();
	}

	/**
	 * Puts a run at the end of the queue.
	 * @param options as in {@link ImportOptions#of}
	 * @return whether it waited for the answer
	 */
	boolean answer(UUID id, Map<String, String> options) {
		this.runs.lockQueue();
		return this.jdbc.sql("""
				UPDATE import_run SET status = 'queued', queue_number = DEFAULT, options = ?::jsonb, error = NULL,
				    error_code = NULL
				WHERE id = ? AND status = 'needs_input'""").params(RunFile.json(options), id).update() == 1;
	}

}
