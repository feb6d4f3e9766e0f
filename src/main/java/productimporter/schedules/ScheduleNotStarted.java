package productimporter.schedules;

import java.time.Instant;
import java.util.UUID;

/**
 * The time of a schedule has come, and no job was started. Published as an application
 * event inside the transaction that passes the time, for the first such time in a row.
 *
 * @param name as its owner named it
 * @param planned for when it was planned
 * @param reason for people, a sentence or two
 */
public record ScheduleNotStarted(UUID id, String name, Instant planned, String reason) {
}
