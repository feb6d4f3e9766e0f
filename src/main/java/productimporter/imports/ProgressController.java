package productimporter.imports;

import java.io.IOException;
import java.util.UUID;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import productimporter.platform.StrictParameters;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Follows a run by server-sent events.
 */
@RestController
@StrictParameters
class ProgressController {

	private final ImportRuns runs;

	private final ProgressStreams streams;

	ProgressController(ImportRuns runs, ProgressStreams streams) {
		this.runs = runs;
		this.streams = streams;
	}

	/**
	 * Browsers connect again when the stream has ended, unless they get 204: so they do
	 * when they have seen the run's end.
	 */
	@GetMapping("/upload/progress/{taskId}")
	void progress(@PathVariable UUID taskId,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String seen, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		ImportStatus status = this.runs.status(taskId);
		if (status.status().ended() && ProgressStreams.lastEventId(status).equals(seen)) {
			response.setStatus(HttpServletResponse.SC_NO_CONTENT);
			return;
		}
		response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
		response.setCharacterEncoding("UTF-8");
		response.setHeader("Cache-Control", "no-store");
		// tells nginx not to collect the answer before it passes it on
		response.setHeader("X-Accel-Buffering", "no");
		this.streams.open(taskId, request);
	}

}
