package productimporter.notifications;

import java.util.UUID;

import productimporter.imports.EndedRuns;
import productimporter.platform.Page;
import productimporter.platform.RequestRefused;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * What the mail about a run looks like. It shows what the run's own page shows, to whom
 * may see that.
 */
@Page
class MailPreviewPage {

	private final EndedRuns runs;

	private final MailMessages messages;

	MailPreviewPage(EndedRuns runs, MailMessages messages) {
		this.runs = runs;
		this.messages = messages;
	}

	@GetMapping(path = "/ui/uploads/{taskId}/mail", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
	@ResponseBody
	String preview(@PathVariable UUID taskId) {
		return this.runs.find(taskId)
			.map(this.messages::preview)
			.orElseThrow(() -> new RequestRefused(HttpStatus.NOT_FOUND, "run_not_ended",
					"There is no import " + taskId + " that has ended, so there is no mail about it yet.", null));
	}

}
