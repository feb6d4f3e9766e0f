package productimporter.imports;

import org.springframework.stereotype.Component;

/**
 * Whether imports are at work, for those who would get in their way.
 */
@Component
public class ImportActivity {

	private final ImportRunQuery runs;

	ImportActivity(ImportRunQuery runs) {
		this.runs = runs;
	}

	/**
	 * Whether an import is being executed, on any node.
	 */
	public boolean isRunning() {
		return this.runs.isRunning();
	}

}
