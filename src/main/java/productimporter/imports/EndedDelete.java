package productimporter.imports;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A bulk delete at its end.
 *
 * @param id called {@code task_id} outside
 * @param title what it takes, in words
 * @param status completed, failed or stopped
 * @param deleted products that it has deleted, in all attempts together
 * @param parameters which products it takes, in JSON
 * @param error why it failed, else {@code null}
 * @param restartable whether it can go on
 */
public record EndedDelete(UUID id, String title, RunStatus status, long deleted, String parameters,
		@Nullable String error, boolean restartable) {
}
