package productimporter.imports;

import java.util.Optional;
import java.util.UUID;

import org.springframework.stereotype.Component;

/**
 * Finds runs that have ended.
 */
@Component
public class EndedRuns {

	private final RunEnds ends;

	EndedRuns(RunEnds ends) {
		this.ends = ends;
	}

	/**
	 * A run at its end.
	 * @return empty when there is no such run or it has not ended
	 */
	public Optional<EndedRun> find(UUID run) {
		return this.ends.find(run);
	}

}
