package productimporter.schedules;

import java.util.Optional;
import java.util.UUID;

import org.springframework.stereotype.Component;

/**
 * Which runs are those of a schedule.
 */
@Component
public class ScheduledRuns {

	private final ScheduleTable table;

	ScheduledRuns(ScheduleTable table) {
		this.table = table;
	}

	/**
	 * The name of the schedule whose last job this is.
	 * @return empty when it is nobody's, or an older one that someone has restarted
	 */
	public Optional<String> scheduleOf(UUID run) {
		return this.table.nameByRun(run);
	}

}
