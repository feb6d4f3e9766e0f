package productimporter.imports;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A run as the node that claimed it sees it.
 *
 * @param id the run, called {@code task_id} outside
 * @param uploadId the file of an import, else {@code null}
 * @param parameters which products a bulk delete takes, in JSON, else {@code null}
 * @param epoch grows with every claim; what is written for an older one is refused
 * @param attempts claims so far, this one included
 * @param stopRequested whether someone asked to stop it
 */
record ImportRun(UUID id, JobKind kind, @Nullable UUID uploadId, @Nullable String parameters, long epoch, int attempts,
		boolean stopRequested) {
}
