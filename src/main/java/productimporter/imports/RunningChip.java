package productimporter.imports;

import java.time.Clock;

import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

import productimporter.platform.Page;

/**
 * Shows the run that is being executed on every page, were there several the first of the
 * queue.
 */
@ControllerAdvice(annotations = Page.class)
class RunningChip {

	private final RunSearch runs;

	private final Clock clock;

	RunningChip(RunSearch runs, Clock clock) {
		this.runs = runs;
		this.clock = clock;
	}

	@ModelAttribute("running")
	@Nullable RunView running() {
		return this.runs.running()
			.stream()
			.findFirst()
			.map((run) -> RunView.of(run, this.clock.instant()))
			.orElse(null);
	}

}
