package productimporter.imports;

import java.util.UUID;

/**
 * A bulk delete at its end.
 *
 * @param id called {@code task_id} outside
 * @param title what it takes, in words
 * @param status completed, failed or stopped
 * @param deleted products that it has deleted, in all attempts together
 * @param parameters which products it takes, in JSON
 */
public record EndedDelete(UUID id, String title, RunStatus status, long deleted, String parameters) {
}
