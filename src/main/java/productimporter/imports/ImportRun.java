package productimporter.imports;

import java.util.UUID;

/**
 * A run as the node that claimed it sees it.
 *
 * @param id the run, called {@code task_id} outside
 * @param uploadId the file
 * @param epoch grows with every claim; what is written for an older one is refused
 * @param attempts claims so far, this one included
 * @param stopRequested whether someone asked to stop it
 */
record ImportRun(UUID id, UUID uploadId, long epoch, int attempts, boolean stopRequested) {
}
